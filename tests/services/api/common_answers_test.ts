import { deepStrictEqual, ok } from "node:assert/strict";
import { openFilledStandalone } from "../../support/standalone.ts";
import { operationsOf, readDocument } from "./_documents.ts";
import { makeKnownIds } from "./_known_ids.ts";

const TOKEN = "opensesame-0123456789";
const DRAFT = JSON.stringify({ name: "other", expression: "node_load1", max: 4 });

Deno.test("every operation gives those of the common answers that its document names", async () => {
  await using standalone = await openFilledStandalone({ API_TOKENS: `tester:${TOKEN}` });
  const { url } = standalone;
  const authorization = `Bearer ${TOKEN}`;
  const ids = await makeKnownIds(url, { authorization });
  const tried = new Map<number, number>();
  const wrong: string[] = [];
  for (const { name, path, method, operation } of operationsOf(await readDocument(`${url}/openapi.json`))) {
    const [, known = ["none"]] = Object.entries(ids).find(([prefix]) => path.startsWith(prefix)) ?? [];
    const there = path.replace("{id}", known[0]);
    const ask = async (target: string, headers: Record<string, string> = {}, body = DRAFT) => {
      const response = await fetch(url + target, {
        method: method.toUpperCase(),
        headers: { "content-type": "application/json", authorization, ...headers },
        body: operation.requestBody === undefined && body === DRAFT || method === "get" ? undefined : body,
      });
      await response.body?.cancel();
      return response.status;
    };
    const provoked: Readonly<Record<number, () => Promise<number>>> = {
      400: () => ask(there, {}, "{"),
      304: () => ask(there, { "if-none-match": "*" }),
      401: () => ask(there, { authorization: "Bearer wrong" }),
      404: () => ask(path.includes("{id}") ? path.replace("{id}", "none") : `${path}?replaces=none`),
      413: () => ask(there, {}, "x".repeat(1_100_000)),
      415: () => ask(there, { "content-type": "text/plain" }),
      422: () => ask(`${there}?unknown=1`),
    };
    for (const [status, provoke] of Object.entries(provoked)) {
      if (operation.responses[status] === undefined) continue;
      const answered = await provoke();
      if (answered !== Number(status)) wrong.push(`${name}: ${answered} in place of ${status}`);
      tried.set(Number(status), (tried.get(Number(status)) ?? 0) + 1);
    }
  }
  deepStrictEqual(wrong, []);
  for (const status of [304, 400, 401, 404, 413, 415, 422]) ok(tried.get(status)! >= 3, `${status}`);
});
