import { deepStrictEqual } from "node:assert/strict";
import { spentTrack } from "../../../../../services/dashboard/page/sla/spent_track.ts";

const WINDOW = { fromMs: 0, toMs: 35, stepMs: 10 };

Deno.test("spentTrack() begins with all of it, at the start of the window", () => {
  deepStrictEqual(spentTrack({ ...WINDOW, judgedFromMs: 0, remaining: [0.9, 0.8, 0.8, 0.5] }), {
    timesMs: [0, 10, 20, 30, 35],
    values: [1, 0.9, 0.8, 0.8, 0.5],
  });
});

Deno.test("spentTrack() has all of it when judging began, so that one step alone is a line", () => {
  deepStrictEqual(spentTrack({ ...WINDOW, judgedFromMs: 33, remaining: [null, null, null, 0.5] }), {
    timesMs: [33, 35],
    values: [1, 0.5],
  });
});
