import { deepStrictEqual } from "node:assert/strict";
import type { Cycle } from "../../../../../services/dashboard/page/api/pipeline.ts";
import { groupWarnings } from "../../../../../services/dashboard/page/operations/group_warnings.ts";

function cycle(startedAtMs: number, warnings: readonly string[], endedAtMs: number | null = startedAtMs) {
  return { id: String(startedAtMs), startedAtMs, endedAtMs, warnings } as unknown as Cycle;
}

Deno.test("groupWarnings() tells a warning of many cycles once, in the newest words", () => {
  const cycles = [
    cycle(4_000, [], null),
    cycle(3_000, ["12 series have no value", "Slow"]),
    cycle(2_000, ["11 series have no value", "9 series have no value"]),
    cycle(1_000, ["Gone", "10 series have no value"]),
  ];
  deepStrictEqual(groupWarnings(cycles), [
    {
      text: "12 series have no value",
      cycles: 3,
      sinceMs: 1_000,
      lastMs: 3_000,
      current: true,
      varies: true,
    },
    { text: "Slow", cycles: 1, sinceMs: 3_000, lastMs: 3_000, current: true, varies: false },
    { text: "Gone", cycles: 1, sinceMs: 1_000, lastMs: 1_000, current: false, varies: false },
  ]);
  deepStrictEqual(groupWarnings([]), []);
});

Deno.test("groupWarnings() tells those of two machines one by one", () => {
  const node = (name: string) => `The samples of up{instance="${name}"} are incomplete`;
  const cycles = [cycle(2_000, [node("web-1"), node("web-2")]), cycle(1_000, [node("web-1")])];
  deepStrictEqual(groupWarnings(cycles).map(({ text, cycles }) => [text, cycles]), [
    [node("web-1"), 2],
    [node("web-2"), 1],
  ]);
});
