import { formatTime, formatWindow } from "./time.ts";

/** A duration or a long number that stands as a word of its own; one within an expression or a name does not. */
const WRITTEN = /(?<=^|[\s(])(?:((?:\d+(?:ms|[smhdw]))+)|(\d{4,}))(?=[\s,.;:)]*(?:\s|$))/g;

/** A point in time as the services write it. */
const MOMENT = /\b(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC\b/g;

/**
 * What a service says in the spelling of the page: `10m` is `10 min`, `2880` is `2,880`, and times are the viewer's.
 */
export function readable(text: string): string {
  const local = text.replaceAll(MOMENT, (_, day, time) => formatTime(Date.parse(`${day}T${time}Z`)));
  return local.replaceAll(
    WRITTEN,
    (_, duration?: string, number?: string) =>
      duration === undefined
        ? Number(number).toLocaleString("en-US")
        // As everything else on the page says it of less than two days.
        : formatWindow(duration === "1d" ? "24h" : duration),
  );
}

/** An explanation without the verdict that it begins with: "Not seasonal: no period …" is "no period …". */
export function withoutVerdict(explanation: string): string {
  return explanation.replace(/^[A-Z][a-z -]+: /, "");
}

/** A reason as the services give it, as a sentence of its own. */
export function asSentence(reason: string): string {
  const text = readable(reason.trim());
  return capitalised(text) + (/[.!?…]$/.test(text) ? "" : ".");
}

/** With a capital at the front; what is quoted there stays as it was typed. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why something began, told later: what was measured then stands after the time it is of. */
export function asToldAt(reason: string, atMs: number): string {
  const [what, ...measured] = reason.split(/: (.+)/s, 2);
  const then = `At ${formatTime(atMs)}:`;
  return measured.length === 0
    ? `${then} ${asSentence(what)}`
    : `${asSentence(what)} ${then} ${asSentence(measured[0])}`;
}
