import { ok, strictEqual } from "node:assert/strict";
import { parse } from "yaml";
import { findProgram } from "../servers/_install.ts";
import { openStandalone } from "../support/standalone.ts";
import { until } from "../support/until.ts";

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly w: number };
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const read = (path: string) => Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url));
const RULES = "deploy/prometheus/pronoia_rules.yml";
const dashboard: Dashboard = JSON.parse(read("deploy/grafana/pronoia.json"));
const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const PROMTOOL = await findProgram("promtool");

Deno.test("rules, dashboard and docs name metrics that are there", async () => {
  await using standalone = await openStandalone({ SLA_INTERVAL: "1s" });
  const response = await fetch(`${standalone.url}/sla/slas`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "load", expression: "node_load1", max: 4, target: 0.99 }),
  });
  strictEqual(response.status, 201, await response.text());
  const everything = [...expressions, read(RULES), read("docs/grafana.md"), read("docs/operations.md")].join(
    "\n",
  );
  const named = new Set([...everything.matchAll(/\bpronoia_(?!rules\b|sla\b)\w+/g)].map(([name]) => name));
  ok(named.size > 8, [...named].join());
  let missing = [...named];
  // A metric whose labels come with the first value has none before.
  await until(async () => {
    const text = await (await fetch(`${standalone.url}/metrics`)).text();
    const known = new Set([...text.matchAll(/^(pronoia_\w+)(?:\{| )/gm)].map(([, name]) => name));
    missing = [...named].filter((name) => !known.has(name) && !known.has(`${name}_count`));
    return missing.length === 0;
  }, () => missing.join(", "));
});

Deno.test("the dashboard's panels lie on Grafana's grid, each with something to show", () => {
  for (const { title, gridPos, targets } of dashboard.panels) {
    ok(gridPos.x + gridPos.w <= 24 && targets.length > 0, title);
  }
});

Deno.test("the rules say what is wrong", () => {
  const { groups } = parse(read(RULES));
  for (const { alert, annotations, labels } of groups.flatMap(({ rules }: { rules: object[] }) => rules)) {
    ok(annotations.summary.length > 10 && ["page", "ticket"].includes(labels.severity), alert);
  }
});

Deno.test({
  name: "Prometheus takes the rules, and the dashboard's queries",
  ignore: PROMTOOL === undefined,
  fn: async () => {
    const file = await Deno.makeTempFile({ suffix: ".yml" });
    try {
      // A recording rule is parsed as a query is.
      const rules = expressions.map((expr, k) => ({ record: `panel_${k}`, expr }));
      await Deno.writeTextFile(file, JSON.stringify({ groups: [{ name: "panels", rules }] }));
      const { code, stdout, stderr } = await new Deno.Command(PROMTOOL!, {
        args: ["check", "rules", new URL(`../../${RULES}`, import.meta.url).pathname, file],
      }).output();
      strictEqual(code, 0, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
    } finally {
      await Deno.remove(file);
    }
  },
});
