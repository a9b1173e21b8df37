import { deepStrictEqual } from "node:assert/strict";
import plugin from "../../lint/import_arrows.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

function problems(file: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, ROOT + file, source).map(({ message }) => message);
}

const ALLOWED: readonly (readonly [string, string])[] = [
  ["analytics/stl.ts", `import { forecast } from "./forecast.ts";`],
  ["tests/analytics/adf_test.ts", `import { Matrix } from "ml-matrix";`],
  ["services/shared/domain/labels.ts", `import { createHash } from "node:crypto";`],
  ["services/etl/cycle/select_series.ts", `import { createHash } from "node:crypto";`],
  ["services/etl/cycle/run_cycle.ts", `import { acf } from "@pronoia/analytics";`],
  ["services/etl/app.ts", `import { runCycle } from "./cycle/run_cycle.ts";`],
  ["services/etl/main.ts", `import { openBus } from "../shared/adapters/open_bus.ts";`],
  ["services/shared/adapters/kafka/kafka_client.ts", `import { Kafka } from "kafkajs";`],
  ["services/sla_manager/budget/hour_totals.ts", `import { advance } from "../judging/advance.ts";`],
  ["services/sla_manager/answers/answer_status.ts", `import type { SlaSettings } from "../settings.ts";`],
  ["services/dashboard/serve.ts", `import { answerFile } from "../shared/runtime/files/static_file.ts";`],
  ["services/standalone.ts", `import { createApp } from "./etl/app.ts";`],
];

for (const [file, source] of ALLOWED) {
  Deno.test(`import-arrows lets ${file} say ${source}`, () => deepStrictEqual(problems(file, source), []));
}

const REFUSED: readonly (readonly [string, string])[] = [
  ["analytics/stl.ts", `import { Matrix } from "ml-matrix";`],
  ["analytics/stl.ts", `export { mean } from "simple-statistics";`],
  ["analytics/stl.ts", `import { createHash } from "node:crypto";`],
  ["mod.ts", `export { z } from "zod";`],
  ["client/mod.ts", `import process from "node:process";`],
  ["services/shared/domain/series.ts", `import { z } from "@hono/zod-openapi";`],
  ["services/etl/record/cycle_log.ts", `import { turns } from "../cycle/turns.ts";`],
  ["analytics/stl.ts", `import { Series } from "../services/shared/domain/series.ts";`],
  ["services/shared/domain/series.ts", `import type { Clock } from "../ports/clock.ts";`],
  ["services/etl/cycle/run_cycle.ts", `import { openBus } from "../../shared/adapters/open_bus.ts";`],
  [
    "services/etl/cycle/run_cycle.ts",
    `import { createServiceApp } from "../../shared/runtime/http/http.ts";`,
  ],
  ["services/etl/app.ts", `import { judge } from "../sla_manager/judge.ts";`],
  ["services/etl/cycle/run_cycle.ts", `export { createApp } from "../app.ts";`],
  ["services/sla_manager/judging/advance.ts", `import { HourTotals } from "../budget/hour_totals.ts";`],
  ["services/sla_manager/held/sla_entry.ts", `import { runBackfill } from "../run_backfill.ts";`],
  ["services/sla_manager/settings.ts", `import { judgeRules } from "./judging/judge_rules.ts";`],
  ["services/data_storage/ingest/ingest.ts", `import { Kafka } from "kafkajs";`],
  ["services/shared/adapters/kafka/kafka_bus.ts", `import { Kafka } from "kafkajs";`],
  ["services/shared/adapters/cache/cached_source.ts", `import { acf } from "@pronoia/analytics";`],
  ["services/shared/runtime/http/http.ts", `import { acf } from "@pronoia/analytics";`],
  ["services/dashboard/page/live.ts", `import { etagOf } from "../../shared/runtime/files/etag.ts";`],
  ["services/dashboard/page/live.ts", `import { createDashboard } from "../serve.ts";`],
];

for (const [file, source] of REFUSED) {
  Deno.test(`import-arrows refuses ${file} to say ${source}`, () =>
    deepStrictEqual(problems(file, source).length, 1));
}
