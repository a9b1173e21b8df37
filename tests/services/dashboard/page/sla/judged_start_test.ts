import { strictEqual } from "node:assert/strict";
import { judgedStartMs } from "../../../../../services/dashboard/page/sla/judged_start.ts";

const window = { fromMs: 0, toMs: 1_000_000 };

Deno.test("judgedStartMs() is the window's start where most of it is judged, or nothing is", () => {
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 0 }), 0);
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 490_000 }), 0);
  strictEqual(judgedStartMs({ ...window, judgedFromMs: null }), 0);
});

Deno.test("judgedStartMs() is when judging began where that is late, and leaves a minute", () => {
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 900_000 }), 900_000);
  strictEqual(judgedStartMs({ ...window, judgedFromMs: 990_000 }), 940_000);
});
