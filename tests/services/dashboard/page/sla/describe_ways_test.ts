import { strictEqual } from "node:assert/strict";
import { describeWays } from "../../../../../services/dashboard/page/sla/describe_ways.ts";

const ASKED = { probability: 0.38, horizonMs: 600_000, stepMs: 300_000 };
const BELOW = { mean: [1, 0.2], min: null, max: 3 };

Deno.test("describeWays() says what a probability rests on that the line of the mean seems to deny", () => {
  strictEqual(
    describeWays(ASKED, BELOW),
    "The dashed line is the point forecast and stays below 3: of the ways on, judged by how it went before, 38 % go above it " +
      "within 10 min.",
  );
  strictEqual(
    describeWays({ ...ASKED, probability: 0.2 }, { ...BELOW, mean: [1, 4] }, { base: "bytes" }),
    "The dashed line is the point forecast and goes above 3 B: of the ways on, judged by how it went before, only 20 % go above " +
      "it within 10 min.",
  );
  strictEqual(
    describeWays(ASKED, { ...BELOW, min: 0 }),
    "The dashed line is the point forecast and stays within the bounds: of the ways on, judged by how it went before, 38 % leave " +
      "them within 10 min.",
  );
  strictEqual(
    describeWays(ASKED, { mean: [1, 2], min: 0.5, max: null })?.includes("stays above 0.5: "),
    true,
  );
});

Deno.test("describeWays() says nothing where both agree, or the line does not reach as far", () => {
  strictEqual(describeWays({ ...ASKED, probability: 0.03 }, BELOW), undefined);
  strictEqual(describeWays({ ...ASKED, probability: 0.9 }, { ...BELOW, mean: [1, 4] }), undefined);
  strictEqual(describeWays({ ...ASKED, probability: null }, BELOW), undefined);
  strictEqual(describeWays({ ...ASKED, horizonMs: 3_600_000 }, BELOW), undefined);
  strictEqual(describeWays(ASKED, { ...BELOW, max: null }), undefined);
});
