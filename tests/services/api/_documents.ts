/** An OpenAPI document, as far as these tests look into it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly [section: string]: unknown;
  };
}

/** One operation of a document. */
export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Response>>;
}

/** One parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

/** One answer of an operation. */
export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly headers?: Readonly<Record<string, { readonly schema?: Schema; readonly description?: string }>>;
}

/** A JSON schema. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Where each service's document is, and the one of all of them. */
export const DOCUMENT_PATHS: readonly string[] = [
  "/openapi.json",
  "/etl/openapi.json",
  "/storage/openapi.json",
  "/retrieval/openapi.json",
  "/sla/openapi.json",
];

/** Reads a document. */
export async function readDocument(url: string): Promise<OpenApiDocument> {
  return await (await fetch(url)).json();
}

/** Every operation with its path and method. */
export function operationsOf(
  document: OpenApiDocument,
): {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation,
    }))
  );
}
