import { strictEqual } from "node:assert/strict";
import { formatDuration, readDuration } from "../../../../../services/shared/domain/units/duration.ts";

const SPELT = ["0s", "15s", "1h30m", "1d", "4d3h", "1w", "30d", "1y", "366d", "1s500ms"];

for (const text of SPELT) {
  Deno.test(`formatDuration() writes ${text} as it was read`, () => {
    strictEqual(formatDuration(readDuration(text)), text);
  });
}
