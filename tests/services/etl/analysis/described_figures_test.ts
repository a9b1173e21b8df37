import { deepStrictEqual, ok } from "node:assert/strict";
import { z } from "zod";
import { describeAutocorrelation } from "../../../../services/etl/analysis/describe_autocorrelation.ts";
import { describeSeasonality } from "../../../../services/etl/analysis/describe_seasonality.ts";
import { describeStationarity } from "../../../../services/etl/analysis/describe_stationarity.ts";
import type { TimeFunction } from "../../../../services/etl/analysis/time_function.ts";
import { Metadata } from "../../../../services/shared/domain/results/metadata.ts";

const untimed: TimeFunction = (_name, _kind, work) => work();

const SERIES: Readonly<Record<string, Float64Array>> = {
  "a noisy season": Float64Array.from(
    { length: 600 },
    (_, t) => 5 * Math.sin(t * Math.PI / 30) + Math.sin(t ** 3),
  ),
  "noise": Float64Array.from({ length: 600 }, (_, t) => Math.sin(t ** 3)),
  "a constant": new Float64Array(600).fill(3),
  "nothing": new Float64Array(600).fill(NaN),
};

for (const [name, values] of Object.entries(SERIES)) {
  Deno.test(`every figure that metadata of ${name} hold is described in the document`, () => {
    const described = {
      autocorrelation: describeAutocorrelation(values, untimed),
      stationarity: describeStationarity(values, untimed),
      seasonality: describeSeasonality({ startMs: 0, stepMs: 60_000, values }, untimed).seasonality,
    };
    for (const [part, answer] of Object.entries(described)) {
      const schema = Metadata.shape[part as keyof typeof described];
      deepStrictEqual(undescribed(answer, z.toJSONSchema(schema)), [], part);
      ok(schema.safeParse(JSON.parse(JSON.stringify(answer))).success, part);
    }
  });
}

type Schema = z.core.JSONSchema.BaseSchema;

/** The paths of an answer for which its schema has no description. */
function undescribed(value: unknown, schema: Schema, path = "", root: Schema = schema): string[] {
  const resolve = (each: Schema) =>
    each.$ref === undefined ? each : root.$defs?.[each.$ref.split("/").at(-1)!] ?? each;
  const schemas = [schema, ...(schema.anyOf ?? [])].filter((each) => typeof each === "object").map(resolve);
  if (Array.isArray(value)) {
    const items = schemas.map((each) => each.items).find((each) => typeof each === "object");
    if (items === undefined || Array.isArray(items)) return [path];
    return value.slice(0, 1).flatMap((each) => undescribed(each, items, `${path}[]`, root));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const own = schemas.map(({ properties }) => properties?.[key]).find((found) => typeof found === "object");
    const isDescribed = own !== undefined && (own.description ?? "") !== "";
    return isDescribed ? undescribed(each, own, `${path}.${key}`, root) : [`${path}.${key}`];
  });
}
