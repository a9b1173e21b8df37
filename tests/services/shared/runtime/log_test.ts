import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { configureLog, logger, type LogOptions, resetLog } from "../../../../services/shared/runtime/log.ts";

function logged(options: Partial<LogOptions>, work: () => void): string[] {
  const lines: string[] = [];
  configureLog({ service: "etl", write: (line) => lines.push(line), ...options });
  try {
    work();
  } finally {
    resetLog();
  }
  return lines;
}

Deno.test("logger() writes one JSON object per line, errors under their property", () => {
  const [line] = logged({}, () => {
    logger("etl", "cycle").error("cycle {cycle} failed", { cycle: 3, error: new TypeError("no") });
  });
  const { ts, error, ...rest } = JSON.parse(line);
  deepStrictEqual(rest, {
    level: "error",
    service: "etl",
    part: "etl.cycle",
    msg: "cycle 3 failed",
    cycle: 3,
  });
  match(ts, /^\d{4}-\d\d-\d\dT.*Z$/);
  deepStrictEqual([error.name, error.message], ["TypeError", "no"]);
  ok(!line.includes("\n"));
});

Deno.test("logger() leaves out what is below the level", () => {
  strictEqual(logged({ level: "warning" }, () => logger("etl").info("hello")).length, 0);
});

Deno.test("logger() writes no secret and no password of a URL", () => {
  const [line] = logged({ secrets: ["hunter2"] }, () => {
    logger("etl").info("tried hunter2", { url: "mysql://root:pass@db/pronoia", big: 1n });
  });
  ok(!line.includes("hunter2"));
  ok(!line.includes("pass@"));
  strictEqual(JSON.parse(line).url, "mysql://root:***@db/pronoia");
});

Deno.test("logger() writes text for people when asked to", () => {
  const [line] = logged(
    { format: "text" },
    () => logger("etl").info("kept {kept} series", { kept: 5, cycle: 7 }),
  );
  match(line, /^\d\d:\d\d:\d\d info {4}etl: kept 5 series cycle=7$/);
});
