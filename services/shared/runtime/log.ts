import { configureSync, getLogger, type Logger, type LogRecord, resetSync } from "@logtape/logtape";

/** Levels in configuration, the least severe that is written. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;

/** What is written, and how. */
export interface LogOptions {
  /** Name of the process in each line. */
  readonly service: string;
  /** @default "info" */
  readonly level?: typeof LOG_LEVELS[number];
  /** One JSON object per line, or text for a terminal. @default "json" */
  readonly format?: "json" | "text";
  /** Values that never appear: each is replaced by `***`. @default [] */
  readonly secrets?: readonly string[];
  /** Takes a finished line. @default standard output */
  readonly write?: (line: string) => void;
}

/** Starts logging for the process; before it, and in tests, loggers are silent. */
export function configureLog(options: LogOptions): void {
  const { service, level = "info", format = "json", secrets = [], write = writeLine } = options;
  const hide = createRedactor(secrets);
  const toLine = format === "json" ? toJsonLine : toTextLine;
  configureSync({
    reset: true,
    sinks: { lines: (record) => write(hide(toLine(service, record))) },
    loggers: [
      { category: "pronoia", lowestLevel: level, sinks: ["lines"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["lines"] },
    ],
  });
}

/** Ends logging; for tests that configured it. */
export function resetLog(): void {
  resetSync();
}

/** The logger of a part: `logger("etl")`. Put an error under the property `error`. */
export function logger(...part: readonly string[]): Logger {
  return getLogger(["pronoia", ...part]);
}

function writeLine(line: string): void {
  console.log(line);
}

function toJsonLine(service: string, record: LogRecord): string {
  const { ts, level, msg } = describe(record);
  const part = record.category.slice(1).join(".");
  const fields = { ts, level, service, ...(part && part !== service && { part }), msg };
  return JSON.stringify({ ...record.properties, ...fields }, toPlain);
}

function toTextLine(_service: string, record: LogRecord): string {
  const { ts, level, msg } = describe(record);
  // What the message says already is not said twice.
  const said = (key: string) => String(record.rawMessage).includes(`{${key}}`);
  const rest = Object.entries(record.properties).filter(([key]) => !said(key)).map(([key, value]) =>
    `${key}=${
      value instanceof Error
        ? value.message
        : typeof value === "string"
        ? value
        : JSON.stringify(value, toPlain)
    }`
  );
  return [ts.slice(11, 19), level.padEnd(7), `${record.category.slice(1).join(".")}:`, msg, ...rest].join(
    " ",
  );
}

function describe(record: LogRecord): { ts: string; level: string; msg: string } {
  const msg = record.message
    .map((part) => typeof part === "string" ? part : JSON.stringify(part, toPlain))
    .join("");
  return { ts: new Date(record.timestamp).toISOString(), level: record.level, msg };
}

/** JSON.stringify makes `{}` of an error, and throws on a bigint. */
function toPlain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  return {
    name: value.name,
    message: value.message,
    stack: value.stack,
    ...(value.cause ? { cause: value.cause } : {}),
  };
}

/** Also hides the password of any URL, wherever it comes from. */
function createRedactor(secrets: readonly string[]): (line: string) => string {
  // Within JSON a quote or line feed of a secret is spelt otherwise.
  const hidden = secrets.filter((secret) => secret.length > 0)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (line) => {
    let clean = line.replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:@/"]*):[^\s@/"]+@/gi, "$1:***@");
    for (const secret of hidden) clean = clean.replaceAll(secret, "***");
    return clean;
  };
}
