/** A JSON schema, as far as this looks into it. */
interface Schema {
  readonly $ref?: string;
  readonly default?: unknown;
  required?: string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/**
 * Says of answers that a field with a default is always there: only who asks may leave it out.
 *
 * One schema makes both, so a default reads as "may be absent" in answers as well, and whoever generates a client
 * from the document would have to expect that.
 */
export function requireAnswered(document: {
  readonly paths?: object;
  readonly components?: { readonly schemas?: object };
}): void {
  const schemas = Object.entries(document.components?.schemas ?? {});
  const asked = new Set<string>();
  for (const { requestBody } of operationsOf(document.paths ?? {})) collectNames(requestBody, asked);
  for (const [name, schema] of schemas) {
    if (!asked.has(name)) visit(schema, completeObject);
  }
}

function completeObject(schema: Schema): void {
  const { properties = {}, required = [] } = schema;
  const defaulted = Object.keys(properties).filter((field) => "default" in properties[field]);
  if (defaulted.length === 0) return;
  schema.required = [...new Set([...required, ...defaulted])];
}

function operationsOf(paths: object): { readonly requestBody?: unknown }[] {
  return Object.values(paths).flatMap((item: object) => Object.values(item));
}

/** Names of the components that a value refers to itself: bodies of requests refer to no further ones. */
function collectNames(value: unknown, names: Set<string>): void {
  visit(value, ({ $ref }) => {
    if (typeof $ref === "string") names.add($ref.split("/").at(-1)!);
  });
}

function visit(value: unknown, look: (schema: Schema) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) look(value as Schema);
  for (const each of Object.values(value)) visit(each, look);
}
