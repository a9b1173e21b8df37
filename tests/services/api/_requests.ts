import fc from "fast-check";
import type { OpenApiDocument, Operation, Parameter, Schema } from "./_documents.ts";

/** A request to one operation. */
export interface FuzzRequest {
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Known ids, so that not every path leads nowhere. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

/** What services meet in the wild, besides values of the right type. */
const HOSTILE = [
  "",
  " ",
  "0",
  "-1",
  "1e309",
  "NaN",
  "null",
  "999999999999999",
  "99999999999999999999y",
  "1h",
  "0s",
  "90m",
  "a=b",
  "=",
  "%00",
  "\u0000",
  "\ud800",
  "😀",
  "' OR 1=1 --",
  '{job=~".*"}',
  "../../etc/passwd",
  "__proto__",
  "x".repeat(2_000),
];

/** Requests to an operation: most nearly right, some wrong in every way a document allows to tell. */
export function requestArbitrary(
  document: OpenApiDocument,
  { path, operation, ids }: { readonly path: string; readonly operation: Operation; readonly ids: KnownIds },
): fc.Arbitrary<FuzzRequest> {
  const { parameters = [], requestBody } = operation;
  const values = fc.record(
    Object.fromEntries(
      parameters.map((parameter) => [
        `${parameter.in} ${parameter.name}`,
        parameter.in === "path"
          ? pathValue(path, ids)
          : fc.option(parameterValue(parameter), { nil: undefined }),
      ]),
    ),
  );
  const schema = requestBody?.content["application/json"].schema;
  const body = schema === undefined
    ? fc.constant(undefined)
    : fc.oneof({ arbitrary: valueOf(document, schema), weight: 4 }, fc.jsonValue()).map((value) =>
      JSON.stringify(value)
    );
  const known = fc.option(fc.constantFrom("*", '"none"'), { freq: 8, nil: undefined });
  const unknown = fc.option(fc.constant("unknown"), { freq: 20, nil: undefined });
  const type = fc.oneof({ arbitrary: fc.constant("application/json"), weight: 9 }, fc.constant("text/plain"));
  return fc.record({ values, body, known, unknown, type }).map(({ values, body, known, unknown, type }) => {
    let filled = path;
    const query = new URLSearchParams();
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": type };
    for (const parameter of parameters) {
      const value = values[`${parameter.in} ${parameter.name}`];
      if (value === undefined) continue;
      if (parameter.in === "path") filled = filled.replace(`{${parameter.name}}`, encodePath(value));
      if (parameter.in === "query") query.append(parameter.name, value);
      // Others cannot travel in a header at all.
      if (parameter.in === "header" && /^[\x21-\x7e]+$/.test(value)) headers[parameter.name] = value;
    }
    if (known !== undefined) headers["if-none-match"] = known;
    if (unknown !== undefined) query.append(unknown, "1");
    return { path: query.size > 0 ? `${filled}?${query}` : filled, body, headers };
  });
}

function parameterValue({ schema }: Parameter): fc.Arbitrary<string> {
  const right = schema.enum !== undefined
    ? fc.constantFrom(...schema.enum.map(String))
    : [schema.type].flat().includes("integer")
    ? fc.oneof(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
    )
      .map(String)
    : fc.constantFrom(...[schema.examples?.[0] ?? "1h"].map(String));
  return fc.oneof({ arbitrary: right, weight: 3 }, fc.constantFrom(...HOSTILE), fc.string({ maxLength: 40 }));
}

function pathValue(path: string, ids: KnownIds): fc.Arbitrary<string> {
  const known = Object.entries(ids).find(([prefix]) => path.startsWith(prefix))?.[1] ?? [];
  const hostile = fc.oneof(
    fc.constantFrom(...HOSTILE.filter((text) => text.trim() !== "")),
    fc.string({ minLength: 1 }),
  );
  return known.length === 0
    ? hostile
    : fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 4 }, hostile);
}

/** A segment that stays one: dots alone would be another path. */
function encodePath(value: string): string {
  const encoded = encodeURIComponent(value.toWellFormed());
  return /^\.+$/.test(encoded) ? `${encoded}_` : encoded;
}

function valueOf(document: OpenApiDocument, schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    return valueOf(document, document.components.schemas[schema.$ref.split("/").at(-1)!]);
  }
  if (schema.properties !== undefined) {
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties).map(([name, field]) => {
      const value = fc.oneof(
        { arbitrary: valueOf(document, field), weight: 6 },
        fc.constantFrom<unknown>(...HOSTILE, 0, -1, 1e308, true, null, [], {}),
      );
      return [name, required.has(name) ? value : fc.option(value, { nil: undefined })];
    });
    return fc.record(Object.fromEntries(fields));
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.example !== undefined) return fc.constant(schema.example);
  return fc.jsonValue();
}
