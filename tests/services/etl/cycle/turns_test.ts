import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { countFitting, type SeriesMemory, takeTurns } from "../../../../services/etl/cycle/turns.ts";

const MINUTE = 60_000;
const SETTINGS = { intervalMs: MINUTE, metadataIntervalMs: 15 * MINUTE };

function createMemories(count: number): Map<string, SeriesMemory> {
  return new Map(Array.from({ length: count }, (_, i) => [`${i}`, {
    foundAtMs: 0,
    metadataAtMs: undefined,
    chosenAtMs: undefined,
    chosenSpanMs: 0,
    publishedToMs: 0,
    stepMs: MINUTE,
    isCounter: false,
  }]));
}

/**
 * Cycles as they come, each turn taken; the size of each, and how long any series waited at most.
 *
 * @param bornMs When the series began.
 * @param turnMs How long a turn takes.
 */
function simulate(
  count: number,
  cycles: number,
  bornMs = -Infinity,
  turnMs?: number,
): { turns: number[]; longestMs: number; memories: ReadonlyMap<string, SeriesMemory> } {
  const memories = createMemories(count);
  const turns: number[] = [];
  let longestMs = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const nowMs = cycle * MINUTE + 1;
    const fitting = countFitting({ turnMs: cycle === 0 ? undefined : turnMs }, MINUTE, 0);
    const due = takeTurns(memories, nowMs, { ...SETTINGS, fitting });
    turns.push(due.size);
    for (const id of due) {
      const memory = memories.get(id)!;
      longestMs = Math.max(longestMs, nowMs - (memory.chosenAtMs ?? 0));
      memory.chosenAtMs = nowMs;
      memory.chosenSpanMs = nowMs - bornMs;
    }
  }
  return { turns, longestMs, memories };
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
  for (let i = 0; i < 95; i++) {
    Object.assign(memories.get(`${i}`)!, { chosenAtMs: 0, chosenSpanMs: Infinity });
  }
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
  for (const memory of memories.values()) Object.assign(memory, { chosenAtMs: 0, chosenSpanMs: Infinity });
  Object.assign(memories.get("7")!, { chosenAtMs: 12 * MINUTE, chosenSpanMs: 2 * MINUTE });
  const due = takeTurns(memories, 16 * MINUTE, SETTINGS);
  strictEqual(due.size, 40);
  ok(due.has("7"));
});

Deno.test("takeTurns() lets every young series choose whenever twice as much is known where turns are quick", () => {
  const count = 757;
  for (let minute = 2; minute < 16; minute++) {
    const { memories } = simulate(count, minute, 0, 1);
    const nowMs = (minute - 1) * MINUTE + 1;
    for (const { chosenSpanMs } of memories.values()) {
      ok(2 * chosenSpanMs >= nowMs - MINUTE / 2, `${chosenSpanMs} of ${nowMs}`);
    }
  }
});

Deno.test("takeTurns() holds young series to the time there is, and old ones to their share", () => {
  const { turns: slow } = simulate(1_500, 30, 0, 10);
  ok(slow.every((size) => size <= 150) && slow.some((size) => size === 150), `${slow}`);
  const { turns: old } = simulate(1_500, 60, -Infinity, 1);
  // All at once in the second cycle, as none had a turn before, and spread from then on.
  deepStrictEqual(old.slice(0, 2), [100, 1_400]);
  ok(old.slice(2).every((size) => size <= 100), `${old}`);
});

Deno.test("takeTurns() keeps the metadata of series that were young together within their interval, evenly", () => {
  // 778 series of 6 minutes at the start, for an hour, whether turns are quick or slow.
  for (const [turnMs, mostMax] of [[0.25, 778], [0.8, 778], [10, 150]]) {
    const { turns, longestMs, memories } = simulate(778, 60, -6 * MINUTE, turnMs);
    ok(longestMs <= 15 * MINUTE, `${longestMs / MINUTE} min at ${turnMs} ms`);
    ok(turns.every((size) => size <= mostMax), `${turns}`);
    // Once everyone had a first turn, at the pace at which young series double; later one per interval.
    ok(turns.slice(6).every((size) => size <= 778 / 5), `${turns}`);
    ok(turns.slice(20).every((size) => size > 45 && size < 60), `${turns}`);
    for (const { chosenAtMs = -Infinity } of memories.values()) ok(chosenAtMs >= 45 * MINUTE);
  }
});

Deno.test("takeTurns() comes to everyone within minutes, and to no more in a cycle than take a second and a half", () => {
  const { turns } = simulate(1_000, 60, -Infinity, 12);
  ok(turns.every((size) => size <= 1_500 / 12), `${turns}`);
  ok(turns.slice(0, 9).reduce((sum, size) => sum + size) >= 1_000, `${turns}`);
});

Deno.test("countFitting() fills a fortieth of the interval, or what the cycle left of it", () => {
  strictEqual(countFitting({ turnMs: undefined }, MINUTE, 0), 0);
  strictEqual(countFitting({ turnMs: 2.5 }, MINUTE, 0), 600);
  strictEqual(countFitting({ turnMs: 2.5 }, MINUTE, 59_500), 200);
  strictEqual(countFitting({ turnMs: 2.5 }, MINUTE, 70_000), 0);
  strictEqual(countFitting({ turnMs: 0 }, MINUTE, 0), 150_000);
});
