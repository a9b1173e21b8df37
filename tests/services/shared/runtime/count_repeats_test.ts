import { deepStrictEqual } from "node:assert/strict";
import { countRepeats } from "../../../../services/shared/runtime/count_repeats.ts";

Deno.test("countRepeats() tells the first of a kind at once, then how many more, and the last of them", () => {
  let nowMs = 0;
  const told: [string, number?][] = [];
  const repeats = countRepeats<string>({
    everyMs: 100,
    nowMs: () => nowMs,
    tellFirst: (what) => told.push([what]),
    tellMore: (last, times) => told.push([last, times]),
  });
  for (const what of ["a1", "b1", "a2", "a3"]) repeats.note(what[0], what);
  deepStrictEqual(told.splice(0), [["a1"], ["b1"]]);
  nowMs = 99;
  repeats.flush();
  deepStrictEqual(told, []);
  nowMs = 100;
  repeats.flush();
  deepStrictEqual(told.splice(0), [["a3", 2]]);
  // What is over is forgotten, and new when it comes again.
  nowMs = 200;
  repeats.flush();
  repeats.note("a", "a4");
  deepStrictEqual(told.splice(0), [["a4"]]);
  // A clock that was set back must not silence it.
  nowMs = 0;
  repeats.note("a", "a5");
  deepStrictEqual(told.splice(0), [["a5"]]);
});

Deno.test("countRepeats() is bounded, whatever kinds there are", () => {
  let count = 0;
  const repeats = countRepeats<number>({
    everyMs: 100,
    nowMs: () => 0,
    tellFirst: () => count++,
    tellMore: () => {},
  });
  for (let k = 0; k < 1_000; k++) repeats.note(`${k}`, k);
  deepStrictEqual(count, 1_000);
});
