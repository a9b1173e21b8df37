import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { loadablePart, readZoom } from "../../../../services/dashboard/page/zoom_range.ts";

Deno.test("readZoom() reads the range of a link, and none where it is none", () => {
  deepStrictEqual(readZoom({ from: "1000", to: "2000" }), { fromMs: 1000, toMs: 2000 });
  for (const query of [{}, { from: "1" }, { from: "2", to: "1" }, { from: "x", to: "1" }]) {
    strictEqual(readZoom(query as Record<string, string>), undefined, JSON.stringify(query));
  }
});

Deno.test("loadablePart() is what is shown, as long as it is past and short enough", () => {
  const view = { fromMs: 1_000_000, toMs: 2_000_000 };
  deepStrictEqual(loadablePart(view, { nowMs: 5_000_000, stepMs: 1_000 }), view);
});

Deno.test("loadablePart() is never empty, in the far future, or longer than one answer holds", () => {
  const time = fc.integer({ min: 0, max: 4e12 });
  fc.assert(
    fc.property(time, time, time, fc.constantFrom(1_000, 15_000, 3_600_000), (a, b, nowMs, stepMs) => {
      const { fromMs, toMs } = loadablePart({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }, {
        nowMs,
        stepMs,
      });
      ok(fromMs >= 0 && fromMs < toMs);
      ok(toMs <= nowMs + 60_000);
      ok(Math.ceil(toMs / stepMs) - Math.floor(fromMs / stepMs) <= 11_000);
    }),
    { seed: 1 },
  );
});
