import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type {
  DependencyHealth,
  ServiceReadiness,
} from "../../../../services/dashboard/page/api/readiness.ts";
import { findOutages } from "../../../../services/dashboard/page/find_outages.ts";

const lost = (failingSinceMs: number, reason: string, lastOkAtMs?: number): DependencyHealth => ({
  status: "failing",
  reason,
  failingSinceMs,
  lastOkAtMs,
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

Deno.test("findOutages() says that one may have begun before, where nobody asked", () => {
  const sinceOf = (...lacking: DependencyHealth[]) => {
    const [{ sinceMs, sinceAtLeast }] = findOutages(
      lacking.map((health, i) => service(`Service ${i}`, { store: health })),
    );
    return [sinceMs, sinceAtLeast];
  };
  deepStrictEqual(sinceOf(lost(65_000, "refused", 60_000)), [65_000, false]);
  deepStrictEqual(sinceOf(lost(65_000, "refused")), [65_000, true], "the service began without it");
  deepStrictEqual(sinceOf(lost(9e6, "refused", 60_000)), [9e6, true], "the service was stopped in between");
  const both = [lost(65_000, "refused", 60_000), lost(70_000, "refused")];
  deepStrictEqual(sinceOf(...both), [65_000, false]);
  deepStrictEqual(sinceOf(...both.toReversed()), [65_000, false], "whose words are the older");
  deepStrictEqual(
    findOutages([service("ETL", {}), silent("Storage")]).map(({ sinceAtLeast }) => sinceAtLeast),
    [true],
  );
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
