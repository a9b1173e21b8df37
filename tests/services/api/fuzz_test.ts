import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { openFilledStandalone } from "../../support/standalone.ts";
import { createConformanceCheck } from "./_conformance.ts";
import { operationsOf, readDocument } from "./_documents.ts";
import { makeKnownIds } from "./_known_ids.ts";
import { requestArbitrary } from "./_requests.ts";

/** Requests per operation; `deno task fuzz` sends many more. */
const RUNS = 40;

Deno.test("every operation answers any request as its document says, and never with 500", async (t) => {
  await using standalone = await openFilledStandalone();
  const { url } = standalone;
  const ids = await makeKnownIds(url);
  const document = await readDocument(`${url}/openapi.json`);
  const check = createConformanceCheck(document);
  // The live feed has no end; deletes last, as they would leave nothing to ask for.
  const operations = operationsOf(document).filter(({ path }) => !path.endsWith("/stream"));
  operations.sort((a, b) => Number(a.method === "delete") - Number(b.method === "delete"));
  for (const { name, path, method, operation } of operations) {
    await t.step(name, async () => {
      await fc.assert(
        fc.asyncProperty(requestArbitrary(document, { path, operation, ids }), async (request) => {
          const response = await fetch(url + request.path, {
            method: method.toUpperCase(),
            headers: request.headers,
            body: request.body,
          });
          deepStrictEqual(check(operation, response, await response.text()), []);
        }),
        { numRuns: RUNS, seed: 1 },
      );
    });
  }
});
