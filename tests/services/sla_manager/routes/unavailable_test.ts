import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { openSqlSlaStore } from "../../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import { DomainError } from "../../../../services/shared/domain/errors.ts";
import { create, openSlaManager, type SlaManagerUnderTest } from "../../../support/sla_manager.ts";

/** What of a store rejects while it is away. */
function awayWhile<Part extends object>(part: Part, isAway: () => boolean): Part {
  return new Proxy(part, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      if (typeof value === "object" && value !== null) return awayWhile(value, isAway);
      if (typeof value !== "function") return value;
      if (name === Symbol.asyncDispose || !isAway()) return value.bind(target);
      return () => Promise.reject(new DomainError("unavailable", "Cannot reach the database"));
    },
  });
}

/** What is told of an SLA from memory. */
const HELD = ["budget", "budget/history", "prediction", "samples", "status", "violations"].map((what) =>
  `get /slas/{id}/${what}`
);

/** A body of those operations that take one. */
const BODIES: Readonly<Record<string, object>> = {
  post: { name: "b", expression: "m", max: 20 },
  put: { name: "a", expression: "other", max: 20 },
};

/** What each operation whose document tells of 503 answers for that SLA. */
async function statuses(manager: SlaManagerUnderTest, id: string): Promise<Record<string, number>> {
  const { body: { paths } } = await manager.json("GET", "/openapi.json");
  const found: Record<string, number> = {};
  for (const [path, item] of Object.entries<Record<string, { responses: object }>>(paths)) {
    for (const [method, { responses }] of Object.entries(item)) {
      if (!path.startsWith("/slas") || !("503" in responses)) continue;
      const { status } = await manager.json(method.toUpperCase(), path.replace("{id}", id), BODIES[method]);
      found[`${method} ${path}`] = status;
    }
  }
  return found;
}

const answering = (found: Record<string, number>) =>
  Object.keys(found).filter((operation) => found[operation] < 400).sort();
const refusing = (found: Record<string, number>) =>
  Object.keys(found).filter((operation) => found[operation] === 503).sort();

Deno.test("while the store is away what needs it is 503, and what is held in memory is told", async () => {
  let isAway = false;
  const store = awayWhile(openSqlSlaStore(openSqliteConnection({ path: ":memory:" })), () => isAway);
  await using manager = openSlaManager({ store });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 10 });
  isAway = true;
  const told = [...HELD, "post /slas/preview"].sort();
  deepStrictEqual(answering(await statuses(manager, id)), told);
  const another = await statuses(manager, "another-replicas");
  deepStrictEqual(answering(another), ["post /slas/preview"]);
  strictEqual(refusing(another).length, Object.keys(another).length - 1);
});

Deno.test("while the source is away what needs its samples is 503", async () => {
  await using manager = openSlaManager();
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 5 }]);
  const id = await create(manager, { name: "a", expression: "m", max: 10 });
  manager.source.down = true;
  deepStrictEqual(refusing(await statuses(manager, id)), [
    "get /slas/{id}/samples",
    "get /slas/{id}/violations",
    "post /slas",
    "post /slas/preview",
    "put /slas/{id}",
  ]);
});
