/**
 * Rows per second of data_storage, from bytes to committed rows, as a share of what the bare driver reaches with the
 * same rows in the same run: `deno task bench:storage`. Takes the server of `MYSQL_URL` (its user must be allowed to
 * make databases), else SQLite alone.
 */
import { DatabaseSync } from "node:sqlite";
import mysql from "mysql2/promise";
import { decodeMessage } from "../../services/data_storage/ingest/decode_message.ts";
import { openMysqlConnection } from "../../services/shared/adapters/mysql/mysql_connection.ts";
import { openResultWriter } from "../../services/shared/adapters/open_store.ts";
import {
  toForecastRow,
  toMetadataRow,
  toSeriesRow,
  toStatisticsRow,
} from "../../services/shared/adapters/results/result_rows.ts";
import { RESULT_TABLES } from "../../services/shared/adapters/results/result_tables.ts";
import type { SqlDialect, SqlValue } from "../../services/shared/adapters/sql/sql_connection.ts";
import type { UpsertTable } from "../../services/shared/adapters/sql/sql_upsert.ts";
import { openSqliteConnection } from "../../services/shared/adapters/sqlite/sqlite_connection.ts";
import type { ResultMessage } from "../../services/shared/domain/results/messages.ts";
import {
  forecastMessage,
  metadataMessage,
  seriesOf,
  statisticsMessage,
} from "../../tests/support/result_messages.ts";

const SERIES = 1_000;
const BATCH = 500;

/** Batches data_storage has in work on Kafka; the embedded bus has one partition. */
const PARTITIONS_AT_ONCE = 3;

/** Rows of one batch by table, and the bytes they come from. */
interface Load {
  readonly name: string;
  readonly rows: number;
  readonly bytes: readonly (readonly Uint8Array[])[];
  readonly tables: readonly (readonly [UpsertTable, readonly (readonly SqlValue[])[]])[][];
}

const random = mulberry32(1);
const noise = (length: number) => Array.from({ length }, () => random() * 100);
const series = Array.from(
  { length: SERIES },
  (_, k) => seriesOf("requests", { job: "api", instance: `10.0.0.${k}` }),
);

/** Cycle k: three windows and a forecast of every series. */
function cycle(k: number): ResultMessage[] {
  const atMs = 1_700_000_000_000 + k * 60_000;
  return series.flatMap((each) => [
    ...["1h", "3h", "12h"].map((window) => {
      const [min, max, mean, standardDeviation] = noise(4);
      return statisticsMessage({
        series: each,
        window,
        fromMs: 0,
        toMs: atMs,
        producedAtMs: atMs,
        min,
        max,
        mean,
        standardDeviation,
      });
    }),
    forecastMessage({ series: each, originMs: atMs, producedAtMs: atMs, mean: noise(40) }),
  ]);
}

const LOADS: readonly [string, (k: number) => ResultMessage[], number][] = [
  ["statistics", (k) => cycle(k).filter(({ kind }) => kind === "statistics"), 10],
  ["forecasts", (k) => cycle(k).filter(({ kind }) => kind === "forecast"), 20],
  ["a cycle of both", cycle, 8],
  [
    "metadata of 1,500 lags",
    (k) =>
      series.slice(0, 200).map((each) =>
        metadataMessage({ series: each, values: noise(1_501), producedAtMs: k })
      ),
    3,
  ],
];

console.log("| store | load | bare driver, rows/s | data_storage, rows/s | share |");
console.log("|---|---|---|---|---|");
const url = Deno.env.get("MYSQL_URL");
for (const [name, make, rounds] of LOADS) {
  const loads = Array.from({ length: rounds }, (_, k) => createLoad(name, make(k)));
  if (url !== undefined) await report("MySQL", loads, (run) => onMysql(url, run));
  await report("SQLite", loads, onSqlite);
}

type Side = (load: Load) => Promise<void>;

async function report(
  store: string,
  loads: readonly Load[],
  open: (run: (bare: Side, ours: Side) => Promise<void>) => Promise<void>,
): Promise<void> {
  await open(async (bare, ours) => {
    const spentMs = { bare: 0, ours: 0 };
    // Each side writes to tables of its own, in turns, so that both meet the same weather. The first round warms up.
    for (const [k, load] of loads.entries()) {
      for (const side of k % 2 === 0 ? ["bare", "ours"] as const : ["ours", "bare"] as const) {
        const startMs = performance.now();
        await (side === "bare" ? bare : ours)(load);
        if (k > 0) spentMs[side] += performance.now() - startMs;
      }
    }
    const rows = loads.slice(1).reduce((sum, load) => sum + load.rows, 0);
    const rate = (ms: number) => Math.round(rows / ms * 1_000).toLocaleString("en");
    const share = Math.round(100 * spentMs.bare / spentMs.ours);
    console.log(
      `| ${store} | ${loads[0].name} | ${rate(spentMs.bare)} | ${rate(spentMs.ours)} | ${share} % |`,
    );
  });
}

async function onMysql(url: string, run: (bare: Side, ours: Side) => Promise<void>): Promise<void> {
  const [bareUrl, oursUrl] = ["bare", "ours"].map((side) => {
    const each = new URL(url);
    each.pathname = `/pronoia_bench_${side}`;
    return each.href;
  });
  // The tables are ours on both sides; the statements of the bare side have no guard.
  await using tables = await openResultWriter({ mysqlUrl: bareUrl });
  await tables.ping();
  await using connection = openMysqlConnection({ url: bareUrl });
  const { dialect } = connection;
  const pool = mysql.createPool({ uri: bareUrl });
  const writer = await openResultWriter({ mysqlUrl: oursUrl });
  await run(async ({ tables }) => {
    for (const batch of tables) {
      const connection = await pool.getConnection();
      await connection.beginTransaction();
      for (const [table, rows] of batch) {
        if (rows.length > 0) {
          await connection.execute(bareInsert(table, dialect, rows.length), rows.flat() as string[]);
        }
      }
      await connection.commit();
      connection.release();
    }
  }, storeWith(writer, PARTITIONS_AT_ONCE));
  for (const side of [bareUrl, oursUrl]) {
    await pool.query(`DROP DATABASE IF EXISTS \`${new URL(side).pathname.slice(1)}\``);
  }
  await pool.end();
  await writer[Symbol.asyncDispose]();
}

async function onSqlite(run: (bare: Side, ours: Side) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/bare.sqlite`;
  await using made = await openResultWriter({ sqlitePath: path });
  await made.ping();
  const { dialect } = openSqliteConnection({ path: ":memory:" });
  const database = new DatabaseSync(path);
  database.exec("PRAGMA synchronous = FULL");
  await using writer = await openResultWriter({ sqlitePath: `${folder}/ours.sqlite` });
  const statements = new Map<UpsertTable, ReturnType<DatabaseSync["prepare"]>>();
  await run(({ tables }) => {
    for (const batch of tables) {
      database.exec("BEGIN IMMEDIATE");
      for (const [table, rows] of batch) {
        let statement = statements.get(table);
        if (statement === undefined) {
          statements.set(table, statement = database.prepare(bareInsert(table, dialect, 1)));
        }
        for (const row of rows) statement.run(...row);
      }
      database.exec("COMMIT");
    }
    return Promise.resolve();
  }, storeWith(writer));
  database.close();
  await Deno.remove(folder, { recursive: true });
}

/** As data_storage does it: batches of several partitions at a time. */
function storeWith(writer: Awaited<ReturnType<typeof openResultWriter>>, atOnce = 1): Side {
  return async ({ bytes }) => {
    const waiting = [...bytes];
    const work = async () => {
      for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
        const messages = batch.map((value) => {
          const decoded = decodeMessage({
            topic: "",
            partition: 0,
            offset: "0",
            key: "",
            value,
            headers: {},
          });
          if ("reason" in decoded) throw new TypeError(decoded.reason);
          return decoded.result;
        });
        await writer.write(messages);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  };
}

function bareInsert(table: UpsertTable, dialect: SqlDialect, rows: number): string {
  const columns = [...table.key, ...table.columns];
  const row = `(${columns.map(() => "?").join(",")})`;
  return `INSERT INTO \`${table.table}\` (${columns.map((name) => `\`${name}\``).join(",")}) VALUES ` +
    `${Array(rows).fill(row).join(",")} ${dialect.onConflict({ key: table.key, columns: table.columns })}`;
}

function createLoad(name: string, messages: readonly ResultMessage[]): Load {
  const batches: ResultMessage[][] = [];
  for (let at = 0; at < messages.length; at += BATCH) batches.push(messages.slice(at, at + BATCH));
  const encoder = new TextEncoder();
  return {
    name,
    rows: messages.length,
    bytes: batches.map((batch) => batch.map((message) => encoder.encode(JSON.stringify(message)))),
    tables: batches.map((batch) => [
      [RESULT_TABLES.series, [
        ...new Map(batch.map((message) => [message.series.id, toSeriesRow(message)])).values(),
      ]],
      [
        RESULT_TABLES.statistics,
        batch.flatMap((each) => each.kind === "statistics" ? [toStatisticsRow(each)] : []),
      ],
      [
        RESULT_TABLES.forecast,
        batch.flatMap((each) => each.kind === "forecast" ? [toForecastRow(each)] : []),
      ],
      [
        RESULT_TABLES.metadata,
        batch.flatMap((each) => each.kind === "metadata" ? [toMetadataRow(each)] : []),
      ],
    ]),
  };
}

/** Seeded, so that every run writes the same rows. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
