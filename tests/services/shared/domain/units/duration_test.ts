import { strictEqual } from "node:assert/strict";
import { formatDuration, readDuration } from "../../../../../services/shared/domain/units/duration_text.ts";
import { formatWindow } from "../../../../../services/shared/domain/units/duration_text.ts";

const SPELT = ["0s", "15s", "1h30m", "1d", "4d3h", "1w", "30d", "1y", "366d", "1s500ms"];

for (const text of SPELT) {
  Deno.test(`formatDuration() writes ${text} as it was read`, () => {
    strictEqual(formatDuration(readDuration(text)), text);
  });
}

for (const [window, words] of [["3h", "3 h"], ["30d", "30 d"], ["1h30m", "1 h 30 min"], ["5m", "5 min"]]) {
  Deno.test(`formatWindow() writes ${window} for people`, () => strictEqual(formatWindow(window), words));
}
