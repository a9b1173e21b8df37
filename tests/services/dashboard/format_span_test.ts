import { strictEqual } from "node:assert/strict";
import { formatSpan } from "../../../services/dashboard/page/format/time.ts";

Deno.test("formatSpan() uses the unit that fits", () => {
  strictEqual(
    [500, 90_000, 600_000, 12_600_000, 259_200_000].map(formatSpan).join(),
    "500 ms,90 s,10 min,3.5 h,3 d",
  );
});
