import { serveMaths } from "../../../../../services/shared/runtime/maths/serve_maths.ts";

/** What the pool's tests ask for. */
export type FixtureJob =
  | { readonly kind: "sum"; readonly values: Float64Array }
  | { readonly kind: "count" }
  | { readonly kind: "throw" }
  | { readonly kind: "die" }
  | { readonly kind: "hang" };

let count = 0;

serveMaths<FixtureJob, number>((job) => {
  if (job.kind === "sum") return { result: job.values.reduce((sum, value) => sum + value, 0) };
  if (job.kind === "count") return { result: ++count };
  if (job.kind === "throw") throw new RangeError("Cannot do it as it is wrong: found it");
  if (job.kind === "die") {
    // Neither the answer nor the error can be told, so that an error nobody catches ends the worker under the job.
    (globalThis as { postMessage?: unknown }).postMessage = () => {
      throw new Error("died");
    };
    return { result: 0 };
  }
  for (;;);
});
