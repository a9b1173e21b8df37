import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { describeWorking, horizonChoices, horizonMsOf } from "../../../services/dashboard/page/horizons.ts";

const MINUTE_MS = 60_000;

Deno.test("horizonChoices() begins with what the services say, and offers only what is further", () => {
  deepStrictEqual(horizonChoices(10 * MINUTE_MS), [["", "10 min"], ["1h", "1 h"], ["4h", "4 h"], [
    "24h",
    "24 h",
  ]]);
  deepStrictEqual(horizonChoices(60 * MINUTE_MS), [["", "1 h"], ["4h", "4 h"], ["24h", "24 h"]]);
  deepStrictEqual(horizonChoices(1_440 * MINUTE_MS), [["", "24 h"]]);
});

Deno.test("horizonChoices() offers what is nearer while it is chosen", () => {
  deepStrictEqual(horizonChoices(10 * MINUTE_MS, "3m").slice(0, 2), [["3m", "3 min"], ["", "10 min"]]);
  deepStrictEqual(horizonChoices(10 * MINUTE_MS, "4h")[0], ["", "10 min"]);
  strictEqual(horizonMsOf("3m", 10 * MINUTE_MS), 3 * MINUTE_MS);
});

Deno.test("horizonChoices() names no length before it is known", () => {
  deepStrictEqual(horizonChoices(undefined).map(([, words]) => words), ["…", "1 h", "4 h", "24 h"]);
});

Deno.test("horizonMsOf() knows the choices alone", () => {
  strictEqual(horizonMsOf("", 20 * MINUTE_MS), 20 * MINUTE_MS);
  strictEqual(horizonMsOf("4h", undefined), 240 * MINUTE_MS);
  strictEqual(horizonMsOf("5h", 20 * MINUTE_MS), undefined);
});

Deno.test("describeWorking() names the length once it is known", () => {
  strictEqual(describeWorking("", undefined), "Working it out …");
  strictEqual(describeWorking("", 20 * MINUTE_MS), "Working it out for the next 20 min …");
  strictEqual(describeWorking("24h", undefined), "Working it out for the next 24 h …");
});
