import { ok, strictEqual } from "node:assert/strict";
import { type SeriesMemory, takeTurns } from "../../../services/etl/turns.ts";

const MINUTE = 60_000;
const SETTINGS = { intervalMs: MINUTE, metadataIntervalMs: 15 * MINUTE };

function createMemories(count: number): Map<string, SeriesMemory> {
  return new Map(Array.from({ length: count }, (_, i) => [`${i}`, {
    metadataAtMs: undefined,
    chosenAtMs: undefined,
    publishedToMs: 0,
    stepMs: MINUTE,
  }]));
}

/** Cycles as they come, each turn taken; the size of each, and how long any series waited at most. */
function simulate(count: number, cycles: number): { turns: number[]; longestMs: number } {
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
