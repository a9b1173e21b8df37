import { z } from "zod";
import type { OpenApiDocument, Operation, Schema } from "./_documents.ts";

/** Tells what of an answer is not as its operation documents it; empty when all is. */
export type ConformanceCheck = (operation: Operation, response: Response, body: string) => readonly string[];

/** Makes the check of a document's operations: status, content type, and body by schema. */
export function createConformanceCheck(document: OpenApiDocument): ConformanceCheck {
  const definitions = moveReferences(document.components.schemas);
  const parsers = new Map<Schema, z.ZodType>();

  function parserOf(schema: Schema): z.ZodType {
    let parser = parsers.get(schema);
    if (parser === undefined) {
      const moved = moveReferences(schema) as object;
      parser = z.fromJSONSchema({ ...moved, $defs: definitions } as Parameters<typeof z.fromJSONSchema>[0]);
      parsers.set(schema, parser);
    }
    return parser;
  }

  return (operation, response, body) => {
    const documented = operation.responses[response.status];
    if (response.status >= 500 && response.status !== 503) return [`answered ${response.status}: ${body}`];
    if (documented === undefined) return [`status ${response.status} is not documented: ${body}`];
    if (documented.content === undefined) return body === "" ? [] : [`${response.status} has a body`];
    const type = response.headers.get("content-type")?.split(";")[0] ?? "none";
    const content = documented.content[type];
    if (content === undefined) return [`content type ${type} of ${response.status} is not documented`];
    if (!type.endsWith("json")) return [];
    const { error } = parserOf(content.schema).safeParse(JSON.parse(body));
    return error?.issues.map(({ path, message }) => `${response.status} ${path.join(".")}: ${message}`) ?? [];
  };
}

/** References into the document as references into the schema itself. */
function moveReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveReferences);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "$ref" ? String(item).replace("#/components/schemas/", "#/$defs/") : moveReferences(item),
    ]),
  );
}
