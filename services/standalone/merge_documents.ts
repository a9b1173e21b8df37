/** An OpenAPI document, as far as merging looks into it. */
export interface ApiDocument {
  readonly paths?: Readonly<Record<string, object>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  readonly [field: string]: unknown;
}

/** A service's document and where it hangs. */
export interface MountedDocument {
  /** Such as `/etl`. */
  readonly prefix: string;
  readonly document: ApiDocument;
}

/** Every process has these of its own; the root's stand for all. */
const OPERATIONS = ["/livez", "/readyz", "/metrics"];

/**
 * One document of several services: paths under their prefixes, operations and components with the same name but
 * another content told apart by the service's name.
 */
export function mergeDocuments(root: ApiDocument, mounted: readonly MountedDocument[]): ApiDocument {
  const paths: Record<string, object> = { ...root.paths };
  const components: Record<string, Record<string, unknown>> = {};
  for (const [section, entries] of Object.entries(root.components ?? {})) {
    components[section] = { ...entries };
  }
  for (const { prefix, document } of mounted) {
    const service = prefix.slice(1);
    const renamed = addComponents(components, document, service);
    const own = Object.entries(document.paths ?? {}).filter(([path]) => !OPERATIONS.includes(path));
    for (const [path, item] of own) {
      paths[`${prefix}${path}`] = rename(item, renamed, service) as object;
    }
  }
  return { ...root, paths, components };
}

/** Adds a document's components, and tells which references have another name now. */
function addComponents(
  components: Record<string, Record<string, unknown>>,
  document: ApiDocument,
  service: string,
): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  const sections = Object.entries(document.components ?? {});
  for (const [section, entries] of sections) {
    const known = components[section] ??= {};
    for (const [name, entry] of Object.entries(entries ?? {})) {
      if (name in known && JSON.stringify(known[name]) !== JSON.stringify(entry)) {
        renamed.set(`#/components/${section}/${name}`, `#/components/${section}/${service}_${name}`);
      }
    }
  }
  for (const [section, entries] of sections) {
    for (const [name, entry] of Object.entries(entries ?? {})) {
      const isRenamed = renamed.has(`#/components/${section}/${name}`);
      components[section][isRenamed ? `${service}_${name}` : name] = rename(entry, renamed, service);
    }
  }
  return renamed;
}

function rename(value: unknown, references: ReadonlyMap<string, string>, service: string): unknown {
  if (Array.isArray(value)) return value.map((item) => rename(item, references, service));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === "$ref" && typeof item === "string") return [key, references.get(item) ?? item];
      if (key === "operationId" && typeof item === "string") return [key, `${service}_${item}`];
      return [key, rename(item, references, service)];
    }),
  );
}
