import { SeriesProgress, SlaProgress } from "../../domain/sla/sla_progress.ts";
import type {
  CommitResult,
  EvaluationStep,
  HourBucket,
  SlaProgressStore,
  StoredModel,
} from "../../ports/sla_progress_store.ts";
import type { SqlDialect, SqlExecutor } from "../sql/sql_connection.ts";
import { upsertRows, type UpsertTable } from "../sql/sql_upsert.ts";
import type { ReadySql } from "./_ready_sql.ts";
import { addEvents } from "./sql_sla_events.ts";
import { addMessages } from "./sql_sla_outbox.ts";

const SERIES: UpsertTable = { table: "sla_series", key: ["sla_id", "series_id"], columns: ["progress"] };
const MODELS: UpsertTable = {
  table: "sla_models",
  key: ["sla_id", "series_id"],
  columns: ["chosen_at_ms", "effort", "model"],
};

/** Where evaluation stands. */
export function createSqlSlaProgress(ready: ReadySql): SlaProgressStore {
  return {
    async load(slaId, fromMs) {
      const connection = await ready();
      // The version is read first: were a part newer than it, the next commit would be superseded and all read again.
      return await connection.transaction(async (transaction) => {
        const [sla] = await transaction.query<{ version: number; progress: string }>(
          "SELECT `version`, `progress` FROM `slas` WHERE `id` = ?",
          [slaId],
        );
        if (sla === undefined || sla.version === 0) return null;
        const series = await transaction.query<{ progress: string }>(
          "SELECT `progress` FROM `sla_series` WHERE `sla_id` = ? ORDER BY `series_id`",
          [slaId],
        );
        const buckets = await transaction.query<HourBucket>(
          "SELECT `series_id` AS `seriesId`, `hour_ms` AS `hourMs`, `good_ms` AS `goodMs`, `bad_ms` AS `badMs`, " +
            "`missing_ms` AS `missingMs` FROM `sla_buckets` WHERE `sla_id` = ? AND `hour_ms` >= ? " +
            "ORDER BY `series_id`, `hour_ms`",
          [slaId, fromMs],
        );
        const models = await transaction.query<StoredModel>(
          "SELECT `sla_id` AS `slaId`, `series_id` AS `seriesId`, `chosen_at_ms` AS `chosenAtMs`, `effort`, " +
            "`model` AS `json` FROM `sla_models` WHERE `sla_id` = ? ORDER BY `series_id`",
          [slaId],
        );
        return {
          version: sla.version,
          progress: SlaProgress.parse(JSON.parse(sla.progress)),
          series: series.map(({ progress }) => SeriesProgress.parse(JSON.parse(progress))),
          buckets: buckets.map((bucket) => ({ ...bucket })),
          models: models.map((model) => ({ ...model })),
        };
      });
    },
    async commit(steps) {
      const connection = await ready();
      return await connection.transaction(async (transaction) => {
        const results: CommitResult[] = [];
        // In the order of ids, so that two processes never wait for each other in a circle.
        const ordered = [...steps].sort((a, b) => a.slaId < b.slaId ? -1 : 1);
        const stored: EvaluationStep[] = [];
        for (const step of ordered) if (await take(transaction, step)) stored.push(step);
        await upsertRows(transaction, SERIES, stored.flatMap(seriesRows));
        await addBuckets(transaction, stored);
        const events = await addEvents(transaction, stored.flatMap((step) => step.events));
        await addMessages(transaction, stored.flatMap((step) => step.messages));
        for (const step of steps) {
          const own = events.filter(({ slaId }) => slaId === step.slaId);
          results.push({ slaId: step.slaId, stored: stored.includes(step), events: own });
        }
        return results;
      });
    },
    async saveModels(models) {
      const connection = await ready();
      await connection.transaction(async (transaction) => {
        const rows = [];
        for (const { slaId, seriesId, chosenAtMs, effort, json } of models) {
          const there = await transaction.query("SELECT `id` FROM `slas` WHERE `id` = ?", [slaId]);
          if (there.length > 0) rows.push([slaId, seriesId, chosenAtMs, effort, json]);
        }
        await upsertRows(transaction, MODELS, rows);
      });
    },
    async prune(beforeMs, limit) {
      const connection = await ready();
      const rows = await connection.query<{ sla_id: string; series_id: string; hour_ms: number }>(
        "SELECT `sla_id`, `series_id`, `hour_ms` FROM `sla_buckets` WHERE `hour_ms` < ? " +
          `LIMIT ${Math.floor(limit)}`,
        [beforeMs],
      );
      await connection.transaction(async (transaction) => {
        for (const { sla_id, series_id, hour_ms } of rows) {
          await transaction.execute(
            "DELETE FROM `sla_buckets` WHERE `sla_id` = ? AND `series_id` = ? AND `hour_ms` = ?",
            [sla_id, series_id, hour_ms],
          );
        }
      });
      return rows.length;
    },
  };
}

/** Moves an SLA to its next version, if it still is what the evaluation started from. */
async function take(transaction: SqlExecutor, step: EvaluationStep): Promise<boolean> {
  const { slaId, revision, version, progress, reset, resetModels, forgotten } = step;
  const taken = await transaction.execute(
    "UPDATE `slas` SET `version` = ?, `progress` = ? WHERE `id` = ? AND `revision` = ? AND `version` = ?",
    [version + 1, JSON.stringify(progress), slaId, revision, version],
  );
  if (taken === 0) return false;
  for (const table of [...(reset ? ["sla_buckets"] : []), ...(resetModels ? ["sla_models"] : [])]) {
    await transaction.execute(`DELETE FROM \`${table}\` WHERE \`sla_id\` = ?`, [slaId]);
  }
  for (const id of forgotten) {
    for (const table of ["sla_series", "sla_models", "sla_buckets"]) {
      await transaction.execute(`DELETE FROM \`${table}\` WHERE \`sla_id\` = ? AND \`series_id\` = ?`, [
        slaId,
        id,
      ]);
    }
  }
  return true;
}

function seriesRows({ slaId, series }: EvaluationStep): string[][] {
  return series.map((progress) => [slaId, progress.seriesId, JSON.stringify(progress)]);
}

/** Adds to the stored hours. An evaluation holds each hour of a label set once. */
async function addBuckets(transaction: SqlExecutor, steps: readonly EvaluationStep[]): Promise<void> {
  const rows = steps.flatMap(({ slaId, buckets }) =>
    buckets.map(({ seriesId, hourMs, goodMs, badMs, missingMs }) => [
      slaId,
      seriesId,
      hourMs,
      goodMs,
      badMs,
      missingMs,
    ])
  );
  const statement = addingStatement(transaction.dialect);
  let done = 0;
  for (const size of transaction.dialect.insertSizes) {
    for (; rows.length - done >= size; done += size) {
      await transaction.execute(statement(size), rows.slice(done, done + size).flat());
    }
  }
}

function addingStatement({ engine }: SqlDialect): (rows: number) => string {
  const columns = ["good_ms", "bad_ms", "missing_ms"];
  const update = engine === "mysql"
    ? `ON DUPLICATE KEY UPDATE ${columns.map((c) => `\`${c}\` = \`${c}\` + VALUES(\`${c}\`)`).join(", ")}`
    : "ON CONFLICT (`sla_id`, `series_id`, `hour_ms`) DO UPDATE SET " +
      columns.map((c) => `\`${c}\` = \`${c}\` + excluded.\`${c}\``).join(", ");
  return (rows) =>
    "INSERT INTO `sla_buckets` (`sla_id`, `series_id`, `hour_ms`, `good_ms`, `bad_ms`, `missing_ms`) VALUES " +
    `${Array(rows).fill("(?, ?, ?, ?, ?, ?)").join(", ")} ${update}`;
}
