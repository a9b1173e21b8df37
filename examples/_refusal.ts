/**
 * Imported for what it does: what was asked wrongly, or can't be reached, ends an example with 1 and one line instead
 * of a trace. A failed assertion and a mistake of the example itself keep theirs.
 */
import { AssertionError } from "node:assert/strict";

globalThis.addEventListener("unhandledrejection", (event) => {
  const { reason } = event;
  const isOwn = reason instanceof AssertionError || reason instanceof TypeError && !("code" in reason);
  if (isOwn || !(reason instanceof Error)) return;
  event.preventDefault();
  const fields = Object.entries((reason as { fields?: Readonly<Record<string, string>> }).fields ?? {})
    .filter(([, rule]) => !reason.message.includes(rule));
  console.error([reason.message, ...fields.map((words) => words.join(" "))].join("; "));
  Deno.exit(1);
});
