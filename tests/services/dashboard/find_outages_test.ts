import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { DependencyHealth, ServiceReadiness } from "../../../services/dashboard/page/api/readiness.ts";
import { findOutages } from "../../../services/dashboard/page/find_outages.ts";

const lost = (failingSinceMs: number, reason: string): DependencyHealth => ({
  status: "failing",
  reason,
  failingSinceMs,
});

function service(title: string, dependencies: Readonly<Record<string, DependencyHealth>>): ServiceReadiness {
  const status = Object.values(dependencies).some((one) => one.status !== "ok") ? "failing" : "ok";
  return { title, answer: { status, dependencies } };
}

const silent = (title: string): ServiceReadiness => ({
  title,
  answer: { status: "not answering", dependencies: {} },
});

Deno.test("findOutages() finds nothing where all is well, or nothing is known yet", () => {
  deepStrictEqual(findOutages([]), []);
  deepStrictEqual(findOutages([service("ETL", { store: { status: "ok" } })]), []);
});

Deno.test("findOutages() tells what several services miss once, since it was first missed", () => {
  const [source, ...others] = findOutages([
    service("ETL", { metrics_source: lost(2_000, "refused"), cycles: lost(9_000, "the last one failed") }),
    service("SLA manager", { metrics_source: lost(1_000, "refused too"), store: { status: "ok" } }),
  ]);
  strictEqual(source.key, "metrics_source");
  strictEqual(source.sinceMs, 1_000);
  strictEqual(source.reason, "refused");
  match(source.what, /^Prometheus/);
  deepStrictEqual(others, [], "cycles that fail for want of samples");
});

Deno.test("findOutages() tells of cycles where nothing else is wrong", () => {
  deepStrictEqual(
    findOutages([service("ETL", { cycles: lost(1, "none ended for 5 min") })]).map(({ key }) => key),
    ["cycles"],
  );
});

Deno.test("findOutages() names the service that does not answer, or all of them as one", () => {
  const ok = service("ETL", {});
  deepStrictEqual(findOutages([ok, silent("Storage")]).map(({ what }) => what), ["Storage does not answer"]);
  deepStrictEqual(findOutages([silent("ETL"), silent("Storage")]).map(({ what }) => what), [
    "Pronoia does not answer",
  ]);
});

Deno.test("findOutages() tells of a dependency that is new to the page by its name", () => {
  deepStrictEqual(
    findOutages([service("ETL", { queue2: lost(1, "x") })]).map(({ what }) => what),
    ["ETL lacks queue2"],
  );
});
