import { configureLog, resetLog } from "../../services/shared/runtime/log.ts";

/** What the log says until it is disposed of: text without the time of day, or JSON. */
export function captureLog(format: "text" | "json" = "text"): Disposable & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (line: string) => lines.push(format === "text" ? line.slice("hh:mm:ss ".length) : line);
  configureLog({ service: "test", format, write });
  return { lines, [Symbol.dispose]: resetLog };
}
