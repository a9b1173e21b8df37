import { DomainError } from "../../domain/errors.ts";
import { Sla } from "../../domain/sla/sla.ts";
import { unknownSla } from "../../domain/sla/unknown_sla.ts";
import type { SlaDefinitions } from "../../ports/sla_store.ts";
import type { SqlExecutor } from "../sql/sql_connection.ts";
import { hashText } from "./_hash_text.ts";
import type { ReadySql } from "./_ready_sql.ts";
import { addMessages } from "./sql_sla_outbox.ts";

interface DefinitionRow {
  readonly id: string;
  readonly definition: string;
}

/** The SLAs themselves. */
export function createSqlSlaDefinitions(ready: ReadySql): SlaDefinitions {
  return {
    async list({ limit, cursor }) {
      const connection = await ready();
      // The number of rows is part of the text: an integer, checked by whoever made the page.
      const rows = await connection.query<DefinitionRow>(
        `SELECT \`id\`, \`definition\` FROM \`slas\` WHERE \`id\` > ? ORDER BY \`id\` LIMIT ${
          Math.floor(limit) + 1
        }`,
        [cursor ?? ""],
      );
      const items = rows.slice(0, limit).map(readDefinition);
      return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
    },
    async read(id) {
      const connection = await ready();
      const rows = await connection.query<DefinitionRow>(
        "SELECT `id`, `definition` FROM `slas` WHERE `id` = ?",
        [id],
      );
      return rows.length === 0 ? null : readDefinition(rows[0]);
    },
    async find(name) {
      const connection = await ready();
      const rows = await connection.query<DefinitionRow>(
        "SELECT `id`, `definition` FROM `slas` WHERE `name_hash` = ?",
        [hashText(name)],
      );
      return rows.length === 0 ? null : readDefinition(rows[0]);
    },
    async save(sla) {
      const connection = await ready();
      await connection.transaction(async (transaction) => {
        await refuseTakenName(transaction, sla);
        if (sla.revision === 1) await insert(transaction, sla);
        else await replace(transaction, sla);
      });
    },
    async remove(id, { revision, farewell = [] } = {}) {
      const connection = await ready();
      await connection.transaction(async (transaction) => {
        const guard = revision === undefined ? "" : " AND `revision` = ?";
        const parameters = revision === undefined ? [id] : [id, revision];
        const removed = await transaction.execute(
          `DELETE FROM \`slas\` WHERE \`id\` = ?${guard}`,
          parameters,
        );
        if (removed === 0) await throwMissing(transaction, id);
        for (const table of ["sla_series", "sla_models", "sla_buckets"]) {
          await transaction.execute(`DELETE FROM \`${table}\` WHERE \`sla_id\` = ?`, [id]);
        }
        await addMessages(transaction, farewell);
      });
    },
  };
}

function readDefinition({ definition }: DefinitionRow): Sla {
  return Sla.parse(JSON.parse(definition));
}

async function refuseTakenName(transaction: SqlExecutor, sla: Sla): Promise<void> {
  const rows = await transaction.query<{ id: string }>(
    "SELECT `id` FROM `slas` WHERE `name_hash` = ? AND `id` <> ?",
    [hashText(sla.name), sla.id],
  );
  if (rows.length > 0) throw takenName(sla);
}

async function insert(transaction: SqlExecutor, sla: Sla): Promise<void> {
  try {
    await transaction.execute(
      "INSERT INTO `slas` (`id`, `name_hash`, `revision`, `definition`, `version`, `progress`) VALUES (?, ?, ?, ?, 0, '')",
      [sla.id, hashText(sla.name), sla.revision, JSON.stringify(sla)],
    );
  } catch (error) {
    throw translateTaken(error, sla);
  }
}

async function replace(transaction: SqlExecutor, sla: Sla): Promise<void> {
  let changed: number;
  try {
    changed = await transaction.execute(
      "UPDATE `slas` SET `name_hash` = ?, `revision` = ?, `definition` = ? WHERE `id` = ? AND `revision` = ?",
      [hashText(sla.name), sla.revision, JSON.stringify(sla), sla.id, sla.revision - 1],
    );
  } catch (error) {
    throw translateTaken(error, sla);
  }
  if (changed === 0) await throwMissing(transaction, sla.id);
}

/** Two creations of one name may pass the check together; the unique key stops the second. */
function translateTaken(error: unknown, sla: Sla): unknown {
  return error instanceof DomainError && error.code === "invalid" ? takenName(sla) : error;
}

function takenName({ name }: Sla): DomainError {
  return new DomainError("conflict", `Cannot save the SLA as its name is taken: ${JSON.stringify(name)}`, {
    fields: [{ field: "name", message: "must be unique: another SLA has it" }],
  });
}

async function throwMissing(transaction: SqlExecutor, id: string): Promise<never> {
  const rows = await transaction.query<{ revision: number }>("SELECT `revision` FROM `slas` WHERE `id` = ?", [
    id,
  ]);
  if (rows.length === 0) throw unknownSla(id);
  throw new DomainError(
    "stale",
    `Cannot change the SLA as another change came first: its revision is ${rows[0].revision}, read it again`,
  );
}
