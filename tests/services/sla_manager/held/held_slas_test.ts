import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { openSqlSlaStore } from "../../../../services/shared/adapters/slas/sql_sla_store.ts";
import { openSqliteConnection } from "../../../../services/shared/adapters/sqlite/sqlite_connection.ts";
import type { SlaStore } from "../../../../services/shared/ports/sla_store.ts";
import { openSlaManager } from "../../../support/sla_manager.ts";

Deno.test("HeldSlas refreshed from an older list keeps what was created, changed and deleted meanwhile", async () => {
  const inner = openSqlSlaStore(openSqliteConnection({ path: ":memory:" }));
  let afterList = async (): Promise<void> => {};
  const store: SlaStore = {
    ...inner,
    definitions: {
      ...inner.definitions,
      async list(page) {
        const listed = await inner.definitions.list(page);
        await afterList();
        return listed;
      },
    },
  };
  await using manager = openSlaManager({ store });
  manager.source.series.set("m", [{ labels: {}, valueAt: () => 5 }]);
  const create = async (name: string): Promise<string> =>
    (await manager.json("POST", "/slas", { name, expression: "m", max: 100 })).body.id;
  const [changed, deleted] = [await create("changed"), await create("deleted")];
  let created = "";
  afterList = async () => {
    created = await create("created");
    await manager.json("PUT", `/slas/${changed}`, { name: "changed", expression: "m", max: 1 });
    await manager.json("DELETE", `/slas/${deleted}`);
  };
  await manager.evaluator.slas.refresh();
  deepStrictEqual(
    manager.evaluator.slas.entries().map(({ sla }) => sla.id).sort(),
    [changed, created].sort(),
  );
  strictEqual((await manager.json("GET", `/slas/${created}/status`)).body.state, "ok");
  strictEqual((await manager.json("GET", `/slas/${changed}/status`)).body.state, "violated");
  deepStrictEqual(manager.problems, []);
});
