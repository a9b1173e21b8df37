import { deepStrictEqual } from "node:assert/strict";
import type { HistoryLine } from "../../../../../services/dashboard/page/sla/current_events.ts";
import { foldEvents } from "../../../../../services/dashboard/page/sla/fold_events.ts";

function line(key: string, to: string, atMs: number): HistoryLine {
  return { key, kind: to === "edited" ? "edited" : "state", to, atMs, reason: "", labels: {} };
}

const folded = (lines: readonly HistoryLine[]) => foldEvents(lines).map((all) => all.map(({ key }) => key));

Deno.test("foldEvents() puts together what came to several series at once, in the order there was", () =>
  deepStrictEqual(
    folded([
      line("a", "ok", 9_000),
      line("b", "violated", 9_000),
      line("c", "ok", 9_000),
      line("d", "ok", 9_000),
      line("e", "edited", 8_000),
      line("f", "ok", 7_000),
    ]),
    [["a", "c", "d"], ["b"], ["e"], ["f"]],
  ));

Deno.test("foldEvents() leaves two lines as they are, and what was so at another moment or of another kind", () =>
  deepStrictEqual(
    folded([
      line("a", "ok", 9_000),
      line("b", "ok", 9_000),
      line("c", "ok", 8_000),
      line("d", "unknown", 8_000),
    ]),
    [["a"], ["b"], ["c"], ["d"]],
  ));
