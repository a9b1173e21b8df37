import type { VNode } from "preact";
import { readLinks } from "../api/links.ts";
import { useLive } from "../live.ts";

/** That nothing here is measured, where no Prometheus is named; why, on hover and on a click. */
export function DemoNote(): VNode | null {
  const isDemo = useLive("links", readLinks, 600_000).value?.demo === true;
  if (!isDemo) return null;
  return (
    <details
      class="demo"
      onKeyDown={({ key, currentTarget }) => key === "Escape" && (currentTarget.open = false)}
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.open = false;
      }}
    >
      <summary title="Made-up series: set PROMETHEUS_URL to see your own.">Demo data</summary>
      <p tabIndex={-1}>
        No Prometheus is named, so these series are made up. Start with <code>PROMETHEUS_URL</code>{" "}
        set to see your own.
      </p>
    </details>
  );
}
