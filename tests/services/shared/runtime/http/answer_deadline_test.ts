import { match, strictEqual } from "node:assert/strict";
import { createTestApp, post, problemOf } from "./_test_app.ts";

const failing = { ping: () => Promise.reject(new Error("it hangs")) };
const answering = { ping: () => Promise.resolve() };

/** An app with something that hangs until it is let go: read at `/slow`, written at `/slow` as well. */
function createSlowApp(dependencies: Parameters<typeof createTestApp>[0]) {
  const app = createTestApp({ deadlineMs: 20, ...dependencies });
  const gate = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  app.on(["GET", "POST"], "/slow", async (c) => {
    await gate.promise;
    try {
      return c.json({ late: true });
    } finally {
      queueMicrotask(ended.resolve);
    }
  });
  return { app, release: gate.resolve, ended: ended.promise };
}

Deno.test("createServiceApp() answers a read that hangs with 503 and the dependencies that are failing", async () => {
  const { app, release, ended } = createSlowApp({
    dependencies: { store: failing, bus: failing, metrics_source: answering },
  });
  for (const method of ["GET", "HEAD"]) {
    const response = await app.request("/slow", { method });
    strictEqual(response.status, 503);
    strictEqual(response.headers.get("retry-after"), "5");
    if (method === "HEAD") continue;
    strictEqual(
      (await problemOf(response, 503)).detail,
      "Cannot answer within 0.02 s as every dependency must answer: store is failing (it hangs), bus is failing (it hangs)",
    );
  }
  const metrics = await (await app.request("/metrics")).text();
  match(metrics, /_seconds_count\{[^}]*route="\/slow",status="503"\} 1\n/);
  // What it waited for may still come: nobody hears it, nothing breaks.
  release();
  await ended;
});

Deno.test("createServiceApp() takes an answer that comes while the dependencies are asked", async () => {
  let release = () => {};
  const ping = () => {
    release();
    return Promise.reject(new Error("it hangs"));
  };
  const slow = createSlowApp({ dependencies: { store: { ping } }, deadlineMs: 1_000 });
  release = slow.release;
  const response = await slow.app.request("/slow");
  strictEqual(response.status, 200);
  strictEqual(await response.text(), '{"late":true}');
});

Deno.test("createServiceApp() gives a read longer whose dependencies all answer, and not for ever", async () => {
  const { app, release, ended } = createSlowApp({ dependencies: { store: answering } });
  const { detail } = await problemOf(await app.request("/slow"), 503);
  strictEqual(detail, "Cannot answer within 0.06 s, though every dependency answers: ask for less at once");
  release();
  await ended;
});

Deno.test("createServiceApp() answers a write that hangs with 503, and that it may still be done", async () => {
  const slow = createSlowApp({ dependencies: { store: failing } });
  const { detail } = await problemOf(await slow.app.request("/slow", { method: "POST" }), 503);
  strictEqual(
    detail,
    "Cannot answer within 0.02 s as every dependency must answer: store is failing (it hangs); " +
      "whether it was done is not known: look before you send it again",
  );
  slow.release();
  await slow.ended;
});

Deno.test("createServiceApp() gives a write longer than a read where every dependency answers", async () => {
  const { app, release, ended } = createSlowApp({ dependencies: { store: answering } });
  const { detail } = await problemOf(await app.request("/slow", { method: "POST" }), 503);
  strictEqual(
    detail,
    "Cannot answer within 0.12 s, though every dependency answers; " +
      "whether it was done is not known: look before you send it again",
  );
  release();
  await ended;
});

Deno.test("createServiceApp() ends each of several waits at its own deadline, and none that was answered", async () => {
  const { app, release, ended } = createSlowApp({ dependencies: { store: failing } });
  const first = app.request("/slow");
  for (let i = 0; i < 3; i++) strictEqual((await app.request("/items")).status, 200);
  const second = app.request("/slow");
  await problemOf(await first, 503);
  strictEqual((await app.request("/items")).status, 200);
  await problemOf(await second, 503);
  release();
  await ended;
});

Deno.test("createServiceApp() answers as ever what ends in time, whatever its dependencies do", async () => {
  const app = createTestApp({ dependencies: { store: failing } });
  strictEqual((await app.request("/items")).status, 200);
  strictEqual((await post(app, '{"name":"a","size":1}')).status, 201);
});
