import type { z } from "zod";

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration: one schema per variable, by the variable's name. */
export type ConfigSchema = z.ZodObject<z.ZodRawShape>;

/** What is wrong with a variable. */
export interface Problem {
  readonly variable: string;
  readonly message: string;
}

/** Every wrong variable of a configuration at once. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ variable, message }) => `${variable}: ${message}`).join("\n"));
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Reads a configuration from the environment. An empty variable counts as absent. A variable marked as secret
 * (`.meta({ secret: true })`) may be given by the `_FILE` twin that names a file with its value.
 *
 * @throws {ConfigError} If any variable is missing or wrong; it names all of them.
 */
export function readConfig<Schema extends ConfigSchema>(
  schema: Schema,
  env: Environment,
  readFile: (path: string) => string = Deno.readTextFileSync,
): z.infer<Schema> {
  const problems: Problem[] = [];
  const values: Record<string, string> = {};
  for (const [name, variable] of Object.entries(schema.shape)) {
    const read = isSecret(variable) ? readSecret(name, env, readFile) : env[name] || undefined;
    if (typeof read === "object") problems.push(read);
    else if (read !== undefined) values[name] = read;
  }
  const unread = new Set(problems.map(({ variable }) => variable.replace(/_FILE$/, "")));
  const result = schema.safeParse(values);
  for (const issue of result.success ? [] : result.error.issues) {
    const name = String(issue.path[0] ?? "");
    if (unread.has(name)) continue;
    const missing = values[name] === undefined && name in schema.shape && issue.code !== "custom";
    const absent = values[name] === undefined;
    const secret = name in schema.shape && isSecret(schema.shape[name]);
    const found = absent || secret || name === "" ? "" : `: found "${hideCredentials(values[name])}"`;
    problems.push({
      variable: name || "configuration",
      message: missing ? missingText(schema, name) : `${issue.message}${found}`,
    });
  }
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return result.data;
}

/**
 * Reads the configuration of this process; when it is wrong, says what is wrong on standard error and exits with 2.
 *
 * It asks only for the variables that the schema names, as its permission set allows no others.
 *
 * @param hints What may be the reason if it is wrong.
 */
export function loadConfig<Schema extends ConfigSchema>(
  service: string,
  schema: Schema,
  hints: readonly string[],
): z.infer<Schema> {
  try {
    const env = Object.fromEntries(variableNames(schema).map((name) => [name, Deno.env.get(name)]));
    return readConfig(schema, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return exitMisconfigured(service, error, hints);
  }
}

/** Says what is wrong, and what may be the reason, on standard error and exits with 2. */
export function exitMisconfigured(service: string, error: ConfigError, hints: readonly string[]): never {
  const lines = [...error.message.split("\n"), ...hints].map((line) => `  ${line}`);
  console.error(`Cannot start ${service} as its configuration is wrong:\n${lines.join("\n")}`);
  Deno.exit(2);
}

/** Every variable a schema reads, `_FILE` twins included: what its permission set must list. */
export function variableNames(schema: ConfigSchema): string[] {
  return Object.entries(schema.shape).flatMap(([name, variable]) =>
    isSecret(variable) ? [name, `${name}_FILE`] : [name]
  );
}

/** The values of a configuration that must never be logged, whether given by variable or by file. */
export function secretsOf(
  schema: ConfigSchema,
  env: Environment,
  readFile: (path: string) => string = Deno.readTextFileSync,
): string[] {
  return Object.entries(schema.shape).flatMap(([name, variable]) => {
    const secret = isSecret(variable) ? readSecret(name, env, readFile) : undefined;
    return typeof secret === "string" ? [secret] : [];
  });
}

/** True for a variable whose value must not be shown. */
function isSecret(variable: unknown): boolean {
  return describeVariable(variable).secret;
}

/** What a variable's schema says of itself, wherever in its wrappers it was said. */
export function describeVariable(variable: unknown): VariableDescription {
  let schema = variable as z.ZodType | undefined;
  let [description, secret, optional] = ["", false, false];
  let initial: unknown;
  // Wrappers (optional, default, pipe) nest a handful deep at most.
  for (let depth = 0; schema !== undefined && depth < 16; depth++) {
    const meta = schema.meta?.();
    description ||= meta?.description ?? "";
    secret ||= meta?.secret === true;
    const def = schema.def as {
      readonly innerType?: z.ZodType;
      readonly in?: z.ZodType;
      readonly defaultValue?: unknown;
    };
    optional ||= schema.type === "optional";
    if (schema.type === "default" || schema.type === "prefault") initial ??= def.defaultValue;
    schema = def.innerType ?? def.in;
  }
  return { description, secret, optional, initial };
}

/** See {@linkcode describeVariable}. */
export interface VariableDescription {
  readonly description: string;
  readonly secret: boolean;
  readonly optional: boolean;
  /** The default, `undefined` where there is none. */
  readonly initial: unknown;
}

/** The value of a secret, given by the variable or by the file that its twin names; or what is wrong with them. */
function readSecret(
  name: string,
  env: Environment,
  readFile: (path: string) => string,
): string | undefined | Problem {
  const value = env[name] || undefined;
  const path = env[`${name}_FILE`] || undefined;
  if (path === undefined) return value;
  if (value !== undefined) {
    return { variable: name, message: `must be given by ${name} or ${name}_FILE, not both` };
  }
  try {
    return readFile(path).trimEnd() || undefined;
  } catch {
    return { variable: `${name}_FILE`, message: `must name a readable file: found "${path}"` };
  }
}

/** A URL's user and password are nobody's business. */
function hideCredentials(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//***@");
}

function missingText(schema: ConfigSchema, name: string): string {
  const { description } = describeVariable(schema.shape[name]);
  return description ? `is missing (${description})` : "is missing";
}
