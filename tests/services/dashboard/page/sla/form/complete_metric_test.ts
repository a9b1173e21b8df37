import { deepStrictEqual } from "node:assert/strict";
import { completeMetric } from "../../../../../../services/dashboard/page/sla/form/complete_metric.ts";

const METRICS = ["node_load1", "node_load15", "node_network_bytes_total", "up"];

/** Names offered where the caret is at `|`. */
function offered(text: string): readonly string[] {
  const caret = text.indexOf("|");
  return completeMetric(text.replace("|", ""), caret, METRICS).names;
}

Deno.test("completeMetric() offers what begins with the word, then what has it within", () => {
  deepStrictEqual(offered("node_lo|"), ["node_load1", "node_load15"]);
  deepStrictEqual(offered("LOAD|"), ["node_load1", "node_load15"]);
  deepStrictEqual(completeMetric("n", 1, ["one", "node"]).names, ["node", "one"]);
  deepStrictEqual(offered("|"), METRICS);
});

Deno.test("completeMetric() replaces the word at the caret within an expression", () => {
  const text = "rate(node_net[5m]) > 1";
  deepStrictEqual(completeMetric(text, 11, METRICS), {
    fromIndex: 5,
    toIndex: 13,
    names: ["node_network_bytes_total"],
  });
});

Deno.test("completeMetric() offers nothing where no metric can stand, or nothing is left to type", () => {
  for (const text of ['up{job="no|', "up{no|", "rate(up[no|", "sum by(job) (up{a='x'}) / up|"]) {
    deepStrictEqual(offered(text), [], text);
  }
  deepStrictEqual(offered("nothing_like_it|"), []);
  deepStrictEqual(offered("5m|"), [], "a number with its unit");
});
