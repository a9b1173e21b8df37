import type { Component } from "./_component.ts";

/** Where a candidate is tried. */
export interface RollPlan {
  /** First value that is forecast; the candidate was fitted to what is before it. */
  readonly start: number;
  readonly horizon: number;
  /** Steps from one origin to the next. */
  readonly stride: number;
  readonly origins: number;
}

/** What a candidate said: row by row per origin, and one step ahead for every value. */
export interface Rolled {
  readonly means: Float64Array;
  readonly next: Float64Array;
}

/** Plans rolling origins over the last part of `length` values. */
export function planRoll(length: number, tested: number, horizon: number, originsMax: number): RollPlan {
  const start = length - tested;
  const room = Math.max(1, tested - horizon + 1);
  const stride = Math.max(1, Math.ceil(room / originsMax));
  return { start, horizon, stride, origins: Math.ceil(room / stride) };
}

/** Lets a component forecast from every origin, and take the values in between. O(tested + origins · horizon). */
export function roll(component: Component, values: Float64Array, plan: RollPlan): Rolled {
  const { start, horizon, stride, origins } = plan;
  const means = new Float64Array(origins * horizon);
  const next = new Float64Array(values.length - start);
  for (let t = start; t < values.length; t++) {
    next[t - start] = component.next();
    const origin = (t - start) / stride;
    if (Number.isInteger(origin) && origin < origins) {
      component.predict(means.subarray(origin * horizon, (origin + 1) * horizon));
    }
    component.update(values[t]);
  }
  return { means, next };
}
