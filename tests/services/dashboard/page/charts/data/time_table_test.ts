import { deepStrictEqual } from "node:assert/strict";
import { gridTimes, joinTracks } from "../../../../../../services/dashboard/page/charts/data/time_table.ts";

Deno.test("joinTracks() lays tracks over one axis and tells absent from missing", () => {
  deepStrictEqual(
    joinTracks([
      { timesMs: [1, 2, 3], values: [10, null, 30] },
      { timesMs: [3, 4], values: [7, 8] },
    ]),
    { timesMs: [1, 2, 3, 4], columns: [[10, null, 30, undefined], [undefined, undefined, 7, 8]] },
  );
});

Deno.test("gridTimes() counts in steps", () => deepStrictEqual(gridTimes(100, 15, 3), [100, 115, 130]));
