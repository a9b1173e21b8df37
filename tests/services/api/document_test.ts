import { deepStrictEqual, match, ok } from "node:assert/strict";
import { openStandalone } from "../../support/standalone.ts";
import {
  DOCUMENT_PATHS,
  type OpenApiDocument,
  operationsOf,
  readDocument,
  type Schema,
} from "./_documents.ts";
import { lintDocument } from "./_lint_documents.ts";

Deno.test("openapi.json describes every operation, parameter and field, with unit and example", async (t) => {
  await using standalone = await openStandalone();
  for (const path of DOCUMENT_PATHS) {
    const document = await readDocument(standalone.url + path);
    await t.step(`${path} describes every operation`, () => {
      const names = new Set<string>();
      for (const { name, operation } of operationsOf(document)) {
        const { operationId = "", summary = "", tags = [], responses } = operation;
        match(operationId, /^[a-z]+(?:_?[A-Za-z]+)+$/, name);
        ok(!names.has(operationId), `${name} has a name of its own`);
        names.add(operationId);
        ok(summary.length > 3 && !summary.endsWith("."), `${name} has a summary`);
        ok(tags.length > 0, `${name} has a tag`);
        ok(Object.keys(responses).some((status) => status.startsWith("4")), `${name} declares its refusals`);
        for (const [status, { content = {} }] of Object.entries(responses)) {
          const expected = Number(status) >= 400 && !(name.endsWith("/readyz") && status === "503")
            ? ["application/problem+json"]
            : Object.keys(content);
          deepStrictEqual(Object.keys(content), expected, `${name} ${status}`);
        }
      }
    });
    await t.step(`${path} fills in no parameter that was only an example`, () => {
      const filled = operationsOf(document).flatMap(({ name, operation }) =>
        (operation.parameters ?? []).filter(({ schema }) => schema.example !== undefined)
          .map((parameter) => `${name} ${parameter.name}`)
      );
      deepStrictEqual(filled, []);
    });
    await t.step(`${path} has no example of time that ends where it begins`, () => {
      deepStrictEqual(emptySpans(document), []);
    });
    await t.step(`${path} describes every field`, () => deepStrictEqual(undescribed(document), []));
    await t.step(`${path} is clean by redocly's recommended rules`, async () => {
      const problems = await lintDocument(document);
      // Somewhere without a registry the other steps still hold.
      deepStrictEqual(problems ?? [], [], "redocly");
      ok(problems !== null || Deno.env.get("CI") !== "true", "redocly can be fetched in CI");
    });
  }
});

/** Every object whose examples of `fromMs` and `toMs` are no stretch of time. */
function emptySpans(document: OpenApiDocument): string[] {
  return Object.entries(document.components.schemas).flatMap(([name, schema]) => visit(schema, name));

  function visit(value: unknown, at: string): string[] {
    if (typeof value !== "object" || value === null) return [];
    const { fromMs, toMs } = (value as Schema).properties ?? {};
    const isEmpty = fromMs !== undefined && toMs !== undefined &&
      !(Number(fromMs.example) < Number(toMs.example));
    return [
      ...isEmpty ? [at] : [],
      ...Object.entries(value).flatMap(([key, each]) => visit(each, `${at}.${key}`)),
    ];
  }
}

/** Every field and parameter that lacks a description, its unit or an example. */
function undescribed(document: OpenApiDocument): string[] {
  const found: string[] = [];
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (!schema.description) found.push(`${name}: no description`);
    walk(schema, name);
  }
  for (const { name, operation } of operationsOf(document)) {
    for (const parameter of operation.parameters ?? []) {
      const schema = { description: parameter.description, ...parameter.schema };
      check(schema, parameter.name, `${name} ${parameter.name}`);
    }
    const contents = [
      operation.requestBody?.content,
      ...Object.values(operation.responses).map((r) => r.content),
    ];
    for (const content of contents) {
      for (const { schema } of Object.values(content ?? {})) walk(schema, name);
    }
  }
  return found;

  function walk(schema: Schema, at: string): void {
    for (const [field, property] of Object.entries(schema.properties ?? {})) {
      check(property, field, `${at}.${field}`);
      walk(property, `${at}.${field}`);
    }
    if (schema.items !== undefined) walk(schema.items, `${at}[]`);
    if (typeof schema.additionalProperties === "object") walk(schema.additionalProperties, `${at}.*`);
    for (const each of [...schema.anyOf ?? [], ...schema.oneOf ?? [], ...schema.allOf ?? []]) walk(each, at);
  }

  function check(property: Schema, field: string, at: string): void {
    // A reference is described where it leads.
    if (property.$ref !== undefined) return;
    const description = property.description ?? "";
    if (description === "" && !(property.anyOf ?? property.oneOf)?.some(({ $ref }) => $ref)) {
      found.push(`${at}: no description`);
    }
    if (/Ms$/.test(field) && isNumeric(property) && !/\bms\b/.test(description)) found.push(`${at}: no unit`);
    if (!hasExample(property)) found.push(`${at}: no example`);
  }
}

/** Objects show their fields' examples, choices show themselves. */
function hasExample(schema: Schema): boolean {
  const { type, items, example, examples, properties, additionalProperties } = schema;
  if (example !== undefined || examples !== undefined || schema.enum !== undefined || "const" in schema) {
    return true;
  }
  if (schema.$ref !== undefined || properties !== undefined) return true;
  const types = [type ?? []].flat();
  if (types.includes("boolean")) return true;
  if (types.includes("array") && items !== undefined) return hasExample(items);
  if (typeof additionalProperties === "object") return hasExample(additionalProperties);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  return choices !== undefined && choices.some(hasExample) || types.length === 1 && types[0] === "null";
}

function isNumeric(schema: Schema): boolean {
  return [schema.type ?? []].flat().some((type) => type === "integer" || type === "number");
}
