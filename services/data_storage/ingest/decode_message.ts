import type { z } from "zod";
import { MESSAGE_VERSION, ResultMessage } from "../../shared/domain/results/messages.ts";
import { Duration } from "../../shared/domain/units/duration.ts";
import type { IncomingMessage } from "../../shared/ports/message_bus.ts";

/** What a message's bytes say: a result to store, or why they can't be. */
export type Decoded =
  | { readonly result: ResultMessage }
  | { readonly reason: string };

/** A message of this program has at most some hundred kilobytes. */
const VALUE_BYTES_MAX = 1_024 * 1_024;

/** Longest reason that travels with a dead letter. */
const REASON_LENGTH_MAX = 500;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the bytes of one message; never throws. What it lets pass is trusted from here on. */
export function decodeMessage({ value }: IncomingMessage): Decoded {
  if (value === null) return { reason: "The message is a tombstone: it has no value" };
  if (value.byteLength === 0) return { reason: "The value is empty" };
  if (value.byteLength > VALUE_BYTES_MAX) {
    return { reason: `The value must have at most ${VALUE_BYTES_MAX} bytes: found ${value.byteLength}` };
  }
  let text: string;
  let json: unknown;
  try {
    text = decoder.decode(value);
  } catch {
    return { reason: "The value is not UTF-8" };
  }
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { reason: shorten(`The value is not JSON: ${(error as Error).message}`) };
  }
  const version = (json as { version?: unknown } | null)?.version;
  if (version !== undefined && version !== MESSAGE_VERSION) {
    return { reason: shorten(`The version must be ${MESSAGE_VERSION}: found ${JSON.stringify(version)}`) };
  }
  const parsed = ResultMessage.safeParse(json);
  if (!parsed.success) return { reason: shorten(describe(parsed.error)) };
  const problem = findProblem(parsed.data);
  return problem === undefined ? { result: parsed.data } : { reason: shorten(problem) };
}

/** What holds between fields. */
function findProblem(message: ResultMessage): string | undefined {
  if (message.kind === "statistics") {
    const { window, fromMs, toMs } = message;
    if (!isWindow(window)) {
      return `window must be a duration such as 1h: found ${JSON.stringify(window)}`;
    }
    if (fromMs >= toMs) return `fromMs must be before toMs: found ${fromMs} and ${toMs}`;
    return undefined;
  }
  const { name, of: { mean, lower, upper } } = message.kind === "forecast"
    ? { name: "mean, lower and upper", of: message }
    : {
      name: "values, lower and upper of autocorrelation",
      of: { ...message.autocorrelation, mean: message.autocorrelation.values },
    };
  if (mean.length === lower.length && mean.length === upper.length) return undefined;
  return `${name} must be equally long: found ${mean.length}, ${lower.length} and ${upper.length}`;
}

/** Windows are few and come in every message: those seen are known. */
const knownWindows = new Set<string>();
const KNOWN_WINDOWS_MAX = 100;

function isWindow(text: string): boolean {
  if (knownWindows.has(text)) return true;
  if (text.length > 32 || !Duration.safeParse(text).success) return false;
  if (knownWindows.size < KNOWN_WINDOWS_MAX) knownWindows.add(text);
  return true;
}

function describe(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join(".") || "message"}: ${message}`).join("; ");
}

function shorten(text: string): string {
  // Well-formed, as a header is UTF-8 and a cut may part a surrogate pair.
  return text.length <= REASON_LENGTH_MAX
    ? text.toWellFormed()
    : `${text.slice(0, REASON_LENGTH_MAX).toWellFormed()}…`;
}
