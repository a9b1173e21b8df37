import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type SeriesMemory, takeTurns } from "../../../services/etl/turns.ts";

const MINUTE = 60_000;
const SETTINGS = { intervalMs: MINUTE, metadataIntervalMs: 15 * MINUTE };

function createMemories(count: number): Map<string, SeriesMemory> {
  return new Map(Array.from({ length: count }, (_, i) => [`${i}`, {
    metadataAtMs: undefined,
    chosenAtMs: undefined,
    chosenSpanMs: Infinity,
    publishedToMs: 0,
    stepMs: MINUTE,
  }]));
}

/**
 * Cycles as they come, each turn taken; the size of each, and how long any series waited at most.
 *
 * @param bornMs When the series began.
 */
function simulate(
  count: number,
  cycles: number,
  bornMs = -Infinity,
): { turns: number[]; longestMs: number } {
  const memories = createMemories(count);
  const turns: number[] = [];
  let longestMs = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const nowMs = cycle * MINUTE + 1;
    const due = takeTurns(memories, nowMs, SETTINGS);
    turns.push(due.size);
    for (const id of due) {
      const memory = memories.get(id)!;
      longestMs = Math.max(longestMs, nowMs - (memory.chosenAtMs ?? 0));
      memory.chosenAtMs = nowMs;
      memory.chosenSpanMs = nowMs - bornMs;
    }
  }
  return { turns, longestMs };
}

Deno.test("takeTurns() spreads many series over the cycles of the metadata interval", () => {
  const { turns, longestMs } = simulate(1_500, 60);
  ok(turns.every((size) => size <= 100), `${turns}`);
  ok(longestMs <= 16 * MINUTE, `${longestMs / MINUTE} min`);
});

Deno.test("takeTurns() takes few series at once, and not again before their time", () => {
  const { turns } = simulate(20, 31);
  strictEqual(turns[0], 20);
  ok(turns.slice(1, 14).every((size) => size === 0));
  strictEqual(turns.filter((size) => size > 0).length, 3);
});

Deno.test("takeTurns() lets those first that never had one", () => {
  const memories = createMemories(100);
  for (let i = 0; i < 95; i++) memories.get(`${i}`)!.chosenAtMs = 0;
  const due = takeTurns(memories, 60 * MINUTE, SETTINGS);
  for (let i = 95; i < 100; i++) ok(due.has(`${i}`));
});

Deno.test("takeTurns() lets a young series choose again whenever twice as much of it is known", () => {
  const { turns } = simulate(1, 62, 0);
  const chosenAt = turns.flatMap((size, minute) => size > 0 ? [minute] : []);
  deepStrictEqual(chosenAt, [0, 1, 2, 4, 8, 16, 31, 46, 61]);
});

Deno.test("takeTurns() takes no more of many young series at once, and none waits longer than before", () => {
  const { turns, longestMs } = simulate(1_500, 60, 0);
  ok(turns.every((size) => size <= 100), `${turns}`);
  ok(longestMs <= 16 * MINUTE, `${longestMs / MINUTE} min`);
});

Deno.test("takeTurns() lets a young series in among many old ones that are due", () => {
  const memories = createMemories(600);
  for (const memory of memories.values()) memory.chosenAtMs = 0;
  Object.assign(memories.get("7")!, { chosenAtMs: 12 * MINUTE, chosenSpanMs: 2 * MINUTE });
  const due = takeTurns(memories, 16 * MINUTE, SETTINGS);
  strictEqual(due.size, 40);
  ok(due.has("7"));
});
