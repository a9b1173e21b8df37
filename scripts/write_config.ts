/**
 * Writes what follows from the configuration schemas: the table in README.md, and the variables that each process may
 * read, in the permission sets of deno.json. `write_config.ts --check` only says what is out of date.
 */
import { RetrievalConfig } from "../services/data_retrieval/config.ts";
import { DataStorageConfig } from "../services/data_storage/config.ts";
import { EtlConfig } from "../services/etl/config.ts";
import { type ConfigSchema, variableNames } from "../services/shared/runtime/config/config.ts";
import { renderConfigTable } from "../services/shared/runtime/config/config_table.ts";
import { ownPrefixes } from "../services/shared/runtime/config/unknown_variables.ts";
import { SlaManagerConfig } from "../services/sla_manager/config.ts";
import { StandaloneConfig } from "../services/standalone/config.ts";

/** The processes by their module, and what each reads. */
export const PROCESSES: Readonly<Record<string, ConfigSchema>> = {
  "services/standalone.ts": StandaloneConfig,
  "services/etl/main.ts": EtlConfig,
  "services/data_storage/main.ts": DataStorageConfig,
  "services/data_retrieval/main.ts": RetrievalConfig,
  "services/sla_manager/main.ts": SlaManagerConfig,
};

/** The permission set of a process in deno.json: `etl` of `services/etl/main.ts`. */
export function permissionSetOf(module: string): string {
  return /^services\/(\w+)/.exec(module)![1];
}

const TABLE = /(<!-- configuration -->\n)[\s\S]*?(\n<!-- \/configuration -->)/;

/** What a file should be, given what it is. */
export const RENDERED: Readonly<Record<string, (text: string) => string>> = {
  "README.md": (text) => text.replace(TABLE, (_, start, end) => `${start}\n${renderTable()}\n${end}`),
  "deno.json": renderPermissions,
};

function renderTable(): string {
  return renderConfigTable({
    start: StandaloneConfig,
    etl: EtlConfig,
    data_storage: DataStorageConfig,
    data_retrieval: RetrievalConfig,
    sla_manager: SlaManagerConfig,
  });
}

/** What a process may read: its variables, and what begins as they do, to tell of a misspelt one. */
export function readableNames(schema: ConfigSchema): string[] {
  return [...variableNames(schema), ...ownPrefixes(schema).map((prefix) => `${prefix}*`)].sort();
}

function renderPermissions(text: string): string {
  const config = JSON.parse(text);
  for (const [module, schema] of Object.entries(PROCESSES)) {
    config.permissions[permissionSetOf(module)].env.allow = readableNames(schema);
  }
  return `${JSON.stringify(config, null, 2)}\n`;
}

if (import.meta.main) {
  const root = new URL("..", import.meta.url);
  const isCheck = Deno.args.includes("--check");
  let outdated = 0;
  for (const [file, render] of Object.entries(RENDERED)) {
    const url = new URL(file, root);
    const text = await Deno.readTextFile(url);
    const rendered = render(text);
    if (rendered === text) continue;
    outdated++;
    console.log(isCheck ? `${file} is out of date: deno task config` : `wrote ${file}`);
    if (!isCheck) await Deno.writeTextFile(url, rendered);
  }
  if (isCheck && outdated > 0) Deno.exit(1);
}
