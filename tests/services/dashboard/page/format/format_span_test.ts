import { strictEqual } from "node:assert/strict";
import { formatLength, formatSpan } from "../../../../../services/dashboard/page/format/time.ts";

Deno.test("formatSpan() uses the unit that fits", () => {
  strictEqual(
    [500, 90_000, 600_000, 12_600_000, 259_200_000].map(formatSpan).join(),
    "500 ms,90 s,10 min,3.5 h,3 d",
  );
});

Deno.test("formatLength() is told in two units, the finer one rounded", () => {
  const lengths = [500, 30_000, 145_000, 5_400_000, 5_580_400, 97_200_000];
  strictEqual(
    lengths.map(formatLength).join(),
    "500 ms,30 s,2 min 25 s,1 h 30 min,1 h 33 min,1 d 3 h",
  );
});
