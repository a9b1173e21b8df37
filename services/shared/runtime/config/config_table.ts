import { type ConfigSchema, describeVariable, type VariableDescription } from "./config.ts";

/** The schemas of a table, by the name of who reads them. */
export type ConfigReaders = Readonly<Record<string, ConfigSchema>>;

/**
 * The configuration of all services as a Markdown table: each variable once, with who reads it. A variable that some
 * reader can do without shows the default of the first that has one.
 */
export function renderConfigTable(readers: ConfigReaders): string {
  const names = [...new Set(Object.values(readers).flatMap((schema) => Object.keys(schema.shape)))];
  const rows = names.map((name) => {
    const reading = Object.entries(readers).filter(([, schema]) => name in schema.shape);
    const described = reading.map(([, schema]) => describeVariable(schema.shape[name]));
    const { description, secret } = described[0];
    const by = reading.length === Object.keys(readers).length
      ? "all"
      : reading.map(([reader]) => reader).join(", ");
    const twin = secret ? ` (or \`${name}_FILE\`)` : "";
    const initial = defaultOf(reading.map(([reader], i) => ({ reader, ...described[i] })));
    return [`\`${name}\`${twin}`, by, initial, description].map(escapeCell);
  });
  return [["Variable", "Read by", "Default", "What it is"], ["---", "---", "---", "---"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

interface Described extends VariableDescription {
  readonly reader: string;
}

function defaultOf(described: readonly Described[]): string {
  const initials = [
    ...new Set(described.flatMap(({ initial }) => initial === undefined ? [] : [String(initial)])),
  ];
  // The ports differ by service: the row of PORT names all of them.
  if (initials.length > 0) {
    return initials.filter((text) => text !== "").map((text) => `\`${text}\``).join(", ");
  }
  const free = described.filter(({ optional }) => optional).map(({ reader }) => reader);
  if (free.length === described.length) return "";
  return free.length === 0 ? "required" : `required, but not by ${free.join(", ")}`;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
