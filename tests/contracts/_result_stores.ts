import { ok } from "node:assert/strict";
import { createNoise } from "../../services/shared/adapters/demo/noise.ts";
import type { ResultMessage } from "../../services/shared/domain/results/messages.ts";
import type { ResultReader } from "../../services/shared/ports/result_reader.ts";
import type { ResultWriter } from "../../services/shared/ports/result_writer.ts";
import { forecastMessage, metadataMessage, seriesOf, statisticsMessage } from "../support/result_messages.ts";

/**
 * How a store is opened for the suite: `name` tells one database from another, so that a test may open the same
 * twice.
 */
export interface StoreUnderTest {
  openWriter(name: string): ResultWriter | Promise<ResultWriter>;
  openReader(name: string): ResultReader | Promise<ResultReader>;
  /** Registers one test. */
  test(name: string, body: () => Promise<void>): void;
}

const noise = createNoise(1, "result store");
let drawn = 0;
/** Uniform in [0, 1), the same in every run. */
export const random = (): number => noise.uniform(drawn++);

/** Opens a database nobody has used, with its tables, to write to and to read from. */
export async function withStore(
  { openWriter, openReader }: StoreUnderTest,
  body: (writer: ResultWriter, reader: ResultReader) => Promise<void>,
): Promise<void> {
  const database = fresh();
  await using writer = await openWriter(database);
  await using reader = await openReader(database);
  await writer.ping();
  await body(writer, reader);
}

/** Message k of a history with several series, kinds, windows and repeated keys. */
export function historyMessage(k: number): ResultMessage {
  const series = seriesOf("history", { n: `${k % 7}` });
  const producedAtMs = 1_000 + k;
  const toMs = 60_000 * (k % 5);
  if (k % 11 === 0) return metadataMessage({ series, values: [k, k / 3], producedAtMs });
  if (k % 3 === 0) return forecastMessage({ series, mean: [k / 7, k], originMs: toMs, producedAtMs });
  return statisticsMessage({ series, window: k % 2 === 0 ? "1h" : "3h", mean: k / 7, toMs, producedAtMs });
}

/** All that a store holds. */
export async function dump(reader: ResultReader): Promise<unknown> {
  const series = await all((page) => reader.listSeries({}, page), 1_000);
  const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: 1_000 };
  return {
    series,
    metadata: await all((page) => reader.listLatest("metadata", {}, page), 1_000),
    statistics: await all((page) => reader.listLatest("statistics", {}, page), 1_000),
    forecasts: await Promise.all(series.map(({ id }) => reader.listForecasts(id, range))),
  };
}

/** Every item, page by page. */
export async function all<Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<{
    readonly items: readonly Item[];
    readonly nextCursor: string | null;
  }>,
  limit: number,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 1_000; page++) {
    const { items: some, nextCursor } = await read({ limit, ...(cursor === undefined ? {} : { cursor }) });
    ok(some.length <= limit);
    items.push(...some);
    if (nextCursor === null) return items;
    cursor = nextCursor;
  }
  throw new Error("Cannot read all pages as they never end");
}

/** In another order, the same in every run. */
export function shuffle<Item>(items: readonly Item[]): Item[] {
  return items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** The name of a database nobody has used. */
export function fresh(): string {
  return `test_${crypto.randomUUID().replaceAll("-", "")}`;
}
