import { deepStrictEqual } from "node:assert/strict";
import { progressWords } from "../../../../../services/dashboard/page/format/progress.ts";

Deno.test("progressWords() names what is counted, which is not the same throughout a cycle", () => {
  const words = (stage: "discover" | "figures" | "turns") => progressWords({ stage, done: 117, total: 274 });
  deepStrictEqual([words("discover"), words("figures"), words("turns")], [
    "finding the series",
    "117 of 274 series forecast",
    "117 of 274 methods chosen in full",
  ]);
});
