import { deepStrictEqual } from "node:assert/strict";
import {
  intervalsAsOf,
  type ViolationInterval,
} from "../../../../../services/dashboard/page/sla/intervals_as_of.ts";

function interval(fromMs: number, toMs: number, ongoing = false): ViolationInterval {
  return { fromMs, toMs, ongoing, cause: "bound", bound: "max", worst: 9, worstAtMs: fromMs };
}

const PAST = interval(0, 40);

Deno.test("intervalsAsOf() leaves out what began after the status was judged", () =>
  deepStrictEqual(intervalsAsOf({ state: "ok", observedAtMs: 90 }, [interval(100, 110, true), PAST], 10), [
    PAST,
  ]));

Deno.test("intervalsAsOf() has a violation go on that the status still tells of", () =>
  deepStrictEqual(intervalsAsOf({ state: "violated", observedAtMs: 90 }, [interval(80, 120), PAST], 10), [
    interval(80, 100, true),
    PAST,
  ]));

Deno.test("intervalsAsOf() never says that something goes on beside another state", () => {
  const going = interval(80, 100, true);
  deepStrictEqual(intervalsAsOf({ state: "ok", observedAtMs: 90 }, [going], 10), []);
  deepStrictEqual(intervalsAsOf({ state: "unknown", observedAtMs: 90 }, [going], 10), [interval(80, 100)]);
});

Deno.test("intervalsAsOf() shows all where nothing was judged", () =>
  deepStrictEqual(intervalsAsOf({ state: "unknown", observedAtMs: null }, [PAST], 10), [PAST]));

function silence(fromMs: number, toMs: number, ongoing = false): ViolationInterval {
  return { fromMs, toMs, ongoing, cause: "noData", bound: null, worst: null, worstAtMs: null };
}

Deno.test("intervalsAsOf() has the silence go on that the status tells of, and not what it went silent from", () => {
  const all = [interval(0, 40), interval(80, 100), silence(120, 150), silence(200, 210, true)];
  const shown = (state: "ok" | "violated" | "unknown") => intervalsAsOf({ state, observedAtMs: 90 }, all, 10);
  deepStrictEqual(shown("violated"), [interval(0, 40), interval(80, 100), silence(120, 150, true)]);
  deepStrictEqual(shown("unknown"), [interval(0, 40), interval(80, 100), silence(120, 150)]);
  deepStrictEqual(shown("ok"), [interval(0, 40)]);
});

Deno.test("intervalsAsOf() leaves a silence that is over as it was", () => {
  const over = silence(20, 60);
  for (const state of ["ok", "violated"] as const) {
    deepStrictEqual(intervalsAsOf({ state, observedAtMs: 90 }, [over], 10), [over]);
  }
});
