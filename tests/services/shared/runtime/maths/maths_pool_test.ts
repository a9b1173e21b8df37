import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import {
  type MathsPoolOptions,
  openMathsPool,
} from "../../../../../services/shared/runtime/maths/maths_pool.ts";
import type { FixtureJob } from "./maths_worker_fixture.ts";

function openPool(options: Partial<MathsPoolOptions> = {}) {
  const openWorker = () =>
    new Worker(new URL("./maths_worker_fixture.ts", import.meta.url), { type: "module" });
  return openMathsPool<FixtureJob, number>({ openWorker, size: 2, ...options });
}

Deno.test("openMathsPool() runs jobs elsewhere and hands buffers over", async () => {
  await using pool = openPool();
  const values = Float64Array.from({ length: 1_000 }, (_, i) => i);
  strictEqual(await pool.run("a", { kind: "sum", values }, [values.buffer]), 499_500);
  strictEqual(values.length, 0);
});

Deno.test("openMathsPool() runs the jobs of one key in order on one worker", async () => {
  await using pool = openPool();
  const counts = await Promise.all(Array.from({ length: 20 }, () => pool.run("same", { kind: "count" })));
  deepStrictEqual(counts, Array.from({ length: 20 }, (_, i) => i + 1));
});

Deno.test("openMathsPool() passes a job's own error on, and its worker lives", async () => {
  await using pool = openPool({ size: 1 });
  await pool.run("a", { kind: "count" });
  await rejects(pool.run("a", { kind: "throw" }), { name: "RangeError", message: /Cannot do it/ });
  strictEqual(await pool.run("a", { kind: "count" }), 2);
});

Deno.test("openMathsPool() gives a job up that takes too long, those that wait get a new worker", async () => {
  // Long enough for a busy machine to start a worker in.
  await using pool = openPool({ size: 1, jobTimeoutMs: 5_000 });
  await pool.run("a", { kind: "count" });
  const hanging = pool.run("a", { kind: "hang" });
  const waiting = pool.run("b", { kind: "count" });
  await rejects(hanging, { name: "WorkerCrash" });
  strictEqual(await waiting, 1);
});

Deno.test("openMathsPool() gives a worker's first job four times as long, as its code is loaded meanwhile", async () => {
  await using pool = openPool({ size: 1, jobTimeoutMs: 50 });
  await rejects(pool.run("a", { kind: "hang" }), { name: "WorkerCrash", message: /after 0\.2 s/ });
});

Deno.test("openMathsPool() replaces a worker that died: its job is lost, the next one is not", async () => {
  await using pool = openPool({ size: 1 });
  await pool.run("a", { kind: "count" });
  const dying = pool.run("a", { kind: "die" });
  const waiting = pool.run("a", { kind: "count" });
  await rejects(dying, { name: "WorkerCrash", message: /died/ });
  strictEqual(await waiting, 1);
});

Deno.test("openMathsPool() fails each job of a worker that cannot start", async () => {
  const openWorker = () => new Worker(new URL("./no_such_module.ts", import.meta.url), { type: "module" });
  await using pool = openMathsPool<FixtureJob, number>({ openWorker, size: 1 });
  const results = await Promise.allSettled([1, 2, 3].map(() => pool.run("a", { kind: "count" })));
  deepStrictEqual(results.map(({ status }) => status), ["rejected", "rejected", "rejected"]);
});

Deno.test("openMathsPool() refuses jobs beyond its queue and after its end", async () => {
  const pool = openPool({ size: 1, queueMax: 3 });
  const jobs = Array.from({ length: 6 }, () => pool.run("a", { kind: "count" }));
  const settled = Promise.allSettled(jobs);
  await rejects(jobs[5], /waiting already/);
  await pool[Symbol.asyncDispose]();
  await settled;
  await rejects(pool.run("a", { kind: "count" }), /closed/);
});
