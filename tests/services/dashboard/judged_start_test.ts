import { strictEqual } from "node:assert/strict";
import { judgedStartMs } from "../../../services/dashboard/page/sla/judged_start.ts";

const window = { fromMs: 0, toMs: 100_000, stepMs: 100 };

Deno.test("judgedStartMs() is the window's start where most of it is judged, or nothing is", () => {
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 0 }), 0);
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 49_000 }), 0);
  strictEqual(judgedStartMs({ ...window, judgedFromMs: null }), 0);
});

Deno.test("judgedStartMs() is shortly before judging began where that is late, and leaves two steps", () => {
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 90_000 }), 89_500);
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 99_990 }), 99_800);
});
