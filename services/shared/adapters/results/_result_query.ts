import { writeCursor } from "../../domain/cursor.ts";
import type { Page, PageRequest } from "../../domain/page.ts";
import type { LatestOptions, SeriesFilter } from "../../ports/result_reader.ts";
import type { SqlValue } from "../sql/sql_connection.ts";

/** Which rows: of a series or a range of ids, besides what callers may ask for. */
export interface ResultFilter extends SeriesFilter, LatestOptions {
  readonly id?: string;
  /** Lowest and highest id, inclusive. */
  readonly from?: string;
  readonly to?: string;
}

/** A WHERE clause and its parameters; empty text where everything is wanted. */
export interface Conditions {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

/** The rows of a filter, after `after` in the order of `key`. */
export function conditions(
  filter: ResultFilter,
  key: readonly string[],
  after?: readonly string[],
): Conditions {
  const terms: string[] = [];
  const parameters: SqlValue[] = [];
  const add = (term: string, ...values: readonly SqlValue[]) => {
    terms.push(term);
    parameters.push(...values);
  };
  if (filter.id !== undefined) add("s.`id` = ?", filter.id);
  if (filter.from !== undefined) add("s.`id` >= ?", filter.from);
  if (filter.to !== undefined) add("s.`id` <= ?", filter.to);
  // MySQL ignores spaces at the end when it compares; the lengths don't.
  if (filter.name !== undefined) {
    add("s.`name` = ? AND LENGTH(s.`name`) = LENGTH(?)", filter.name, filter.name);
  }
  if (filter.window !== undefined && key.length === 2) add("w.`window` = ?", filter.window);
  for (const [label, value] of Object.entries(filter.labels ?? {})) {
    // Labels are JSON as JSON.stringify writes it: a quote within a string is escaped there, so the text of a pair
    // after a brace or comma occurs only where that pair is. An empty value means that there is no such label.
    const pair = `${JSON.stringify(label)}:${value === "" ? "" : JSON.stringify(value)}`;
    const holds = "(INSTR(s.`labels`, ?) = 1 OR INSTR(s.`labels`, ?) > 0)";
    add(value === "" ? `NOT ${holds}` : holds, `{${pair}`, `,${pair}`);
  }
  if (after !== undefined) {
    add(`(${key.join(", ")}) > (${key.map(() => "?").join(", ")})`, ...after);
    // Row comparisons alone keep MySQL from seeking in the key.
    if (key.length > 1) add(`${key[0]} >= ?`, after[0]);
  }
  return { where: terms.length === 0 ? "" : `WHERE ${terms.join(" AND ")}`, parameters };
}

/** Written into the text: a bound number is a double to MySQL, which it does not take for LIMIT everywhere. */
export function limit(rows: number): string {
  if (!Number.isSafeInteger(rows) || rows < 1 || rows > 10_001) {
    throw new RangeError(`Cannot read rows as the limit must be an integer from 1 to 10,000: found ${rows}`);
  }
  return `LIMIT ${rows}`;
}

/** The rows of a page, of which one more than it holds was read if there are more. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  page: PageRequest,
  about: {
    readonly list: string;
    readonly decode: (row: Row) => Item;
    readonly key: (row: Row) => readonly string[];
  },
): Page<Item> {
  const { list, decode, key } = about;
  const kept = rows.slice(0, page.limit);
  return {
    items: kept.map(decode),
    nextCursor: rows.length > kept.length ? writeCursor(list, key(kept[kept.length - 1])) : null,
  };
}
