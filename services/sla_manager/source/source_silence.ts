import { messageOf } from "../../shared/domain/message_of.ts";
import { DomainError } from "../../shared/domain/errors.ts";
import { formatUtc } from "../../shared/domain/units/quantity.ts";
import type { MetricsSource } from "../../shared/ports/metrics_source.ts";
import type { SourceTime } from "./source_time.ts";

/** Why the source says nothing: to one question, or to any. */
export interface Silence {
  /** In few words, for people. */
  readonly reason: string;
  readonly ofAll: boolean;
}

/** Whom to ask about a silence. */
export interface SilenceParts {
  readonly source: Pick<MetricsSource, "name">;
  readonly time: SourceTime;
  /** Since when the source answers nobody, by this machine's clock; `null` where it does. */
  readonly failingSince: () => Promise<number | null>;
}

/**
 * Why nothing can be said of an SLA: which source does not answer, since when, and what that means. All that the
 * connection said is for the log.
 */
export async function describeSilence(error: unknown, parts: SilenceParts): Promise<Silence> {
  const { source: { name = "the metrics source" }, time, failingSince } = parts;
  const why = error instanceof DomainError ? error.why : undefined;
  // It did answer: what it says, or what is wrong here, is no outage.
  if (why === undefined) return { reason: messageOf(error), ofAll: false };
  const sinceMs = await failingSince();
  const since = sinceMs === null ? "" : ` since ${formatUtc(time.toSource(sinceMs))}`;
  return { reason: `${name} can't be read${since}: ${why}`, ofAll: sinceMs !== null };
}
