import type { VNode } from "preact";
import { readLinks } from "../../api/links.ts";
import { useLive } from "../../live.ts";

/** The expression in Prometheus' own page, where somebody said how a browser reaches it. */
export function PrometheusLink({ expression }: { readonly expression: string }): VNode | null {
  const { prometheus } = useLive("links", readLinks, 600_000).value ?? {};
  if (prometheus === undefined) return null;
  const query = new URLSearchParams({ "g0.expr": expression, "g0.tab": "0", "g0.range_input": "3h" });
  return (
    <>
      {" "}·{" "}
      <a href={`${prometheus.replace(/\/$/, "")}/graph?${query}`} rel="noreferrer">See it in Prometheus</a>
    </>
  );
}
