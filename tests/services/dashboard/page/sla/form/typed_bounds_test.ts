import { deepStrictEqual } from "node:assert/strict";
import type { SlaPreview } from "../../../../../../services/dashboard/page/api/slas.ts";
import { boundsOf, intervalsOf } from "../../../../../../services/dashboard/page/sla/form/typed_bounds.ts";

const JUDGED = { min: null, max: 7 };

for (
  const [draft, bounds] of [
    [{}, JUDGED],
    [{ max: 5 }, { min: null, max: 5 }],
    [{ min: 1, max: 5 }, { min: 1, max: 5 }],
    [{ min: 5, max: 1 }, JUDGED],
    [{ max: "5x" }, JUDGED],
  ] as const
) {
  Deno.test(`boundsOf() ${JSON.stringify(draft)}`, () => {
    deepStrictEqual(
      boundsOf(draft as Parameters<typeof boundsOf>[0], { ...JUDGED, kind: "gauge" } as typeof JUDGED),
      bounds,
    );
  });
}

Deno.test("intervalsOf() finds what the service would find in the worst series, with its tolerance, beside its silence", () => {
  const values = [1, 9, 1, 9, 9, null];
  const preview = (tolerance: string) =>
    ({
      sla: { tolerance },
      samples: {
        fromMs: 0,
        stepMs: 1_000,
        series: [{ seriesId: "calm", values: values.map(() => 1) }, { seriesId: "worst", values }],
      },
      violations: {
        series: [
          { seriesId: "calm", intervals: [{ cause: "noData", fromMs: 7, toMs: 8 }] },
          {
            seriesId: "worst",
            intervals: [
              { cause: "bound", fromMs: 0, toMs: 1_000 },
              { cause: "noData", fromMs: 5_000, toMs: 6_000 },
            ],
          },
        ],
      },
      status: { series: [{ seriesId: "worst" }, { seriesId: "calm" }] },
    }) as unknown as SlaPreview;
  const found = (tolerance: string) =>
    intervalsOf(preview(tolerance), { min: null, max: 5 }).map(({ fromMs, toMs }) => [fromMs, toMs]);
  const silence = [5_000, 6_000];
  deepStrictEqual(found("0s"), [[1_000, 2_000], [3_000, 5_000], silence]);
  deepStrictEqual(found("2s"), [[3_000, 5_000], silence]);
  deepStrictEqual(found("3s"), [silence]);
});
