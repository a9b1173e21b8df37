import { serveMaths } from "../../../../services/shared/runtime/serve_maths.ts";

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
    // An error nobody catches ends a worker.
    queueMicrotask(() => {
      throw new Error("died");
    });
    for (const endMs = performance.now() + 50; performance.now() < endMs;);
    return { result: 0 };
  }
  for (;;);
});
