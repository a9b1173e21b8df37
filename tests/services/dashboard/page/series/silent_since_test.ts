import { strictEqual } from "node:assert/strict";
import { silentSinceMs } from "../../../../../services/dashboard/page/series/silent_since.ts";

const ORIGIN_MS = 1_000_000_000;
const FORECAST = { originMs: ORIGIN_MS, stepMs: 15_000, producedAtMs: ORIGIN_MS + 300_000 };
const LOOKED = [{ toMs: ORIGIN_MS + 285_000 }];

Deno.test("silentSinceMs() is the last sample where the etl looked well beyond it", () => {
  strictEqual(silentSinceMs(FORECAST, LOOKED), ORIGIN_MS);
});

Deno.test("silentSinceMs() takes no sample that is late, or missed, for silence", () => {
  strictEqual(
    silentSinceMs({ ...FORECAST, producedAtMs: ORIGIN_MS + 40_000 }, [{ toMs: ORIGIN_MS + 30_000 }]),
    undefined,
  );
  strictEqual(silentSinceMs({ ...FORECAST, stepMs: 300_000 }, LOOKED), undefined);
});

Deno.test("silentSinceMs() takes neither another cycle's figures nor a late look for silence", () => {
  strictEqual(silentSinceMs({ ...FORECAST, producedAtMs: ORIGIN_MS + 20_000 }, LOOKED), undefined);
  strictEqual(silentSinceMs(FORECAST, [{ toMs: ORIGIN_MS + 15_000 }]), undefined);
});

Deno.test("silentSinceMs() says nothing of what is not known", () => {
  strictEqual(silentSinceMs(undefined, LOOKED), undefined);
  strictEqual(silentSinceMs(FORECAST, []), undefined);
});
