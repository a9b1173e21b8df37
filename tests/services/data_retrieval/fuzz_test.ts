import { ok } from "node:assert/strict";
import fc from "fast-check";
import {
  forecastMessage,
  metadataMessage,
  seriesOf,
  statisticsMessage,
} from "../../support/result_messages.ts";
import { openRetrieval } from "./open_retrieval.ts";

const known = seriesOf("requests", { job: "api" });

const id = fc.oneof(
  fc.constant(known.id),
  fc.stringMatching(/^[0-9a-f]{16}$/),
  fc.string({ unit: "binary" }),
);
const suffix = fc.constantFrom(
  "",
  "/metadata",
  "/statistics",
  "/forecast",
  "/forecasts",
  "/samples",
  "/accuracy",
);
const path = fc.oneof(
  fc.tuple(id, suffix).map(([id, suffix]) => `/series/${encodeURIComponent(id)}${suffix}`),
  fc.constantFrom("/series", "/metadata", "/statistics", "/forecasts"),
);
const name = fc.oneof(
  fc.constantFrom("limit", "cursor", "window", "fromMs", "toMs", "horizon", "view", "name", "label"),
  fc.string(),
);
const value = fc.oneof(
  fc.constantFrom(
    "1",
    "1000",
    "1h",
    "24h",
    "0s",
    "summary",
    "job=api",
    "WyJhIl0",
    "1767225600000",
    "99999999999999",
  ),
  fc.nat().map(String),
  fc.string({ unit: "binary" }),
);

Deno.test("data_retrieval answers whatever is asked for without failing, and every refusal is a problem", async () => {
  await using retrieval = await openRetrieval();
  await retrieval.write(
    statisticsMessage({ series: known }),
    metadataMessage({ series: known }),
    forecastMessage({ series: known }),
  );
  await fc.assert(
    fc.asyncProperty(path, fc.array(fc.tuple(name, value), { maxLength: 4 }), async (path, query) => {
      const response = await retrieval.request(`${path}?${new URLSearchParams(query)}`);
      ok(response.status < 500, `${response.status} to ${path} ${JSON.stringify(query)}`);
      const type = response.status === 200 ? "application/json" : "application/problem+json";
      ok(response.headers.get("content-type") === type);
      ok(!/\bNaN\b|Infinity/.test(await response.text()));
    }),
    { numRuns: 500, seed: 1 },
  );
});
