import type { VNode } from "preact";
import { readLinks } from "../api/links.ts";
import { useLive } from "../live.ts";
import { Panel } from "../parts/panel.tsx";
import { ScrollRegion } from "../parts/scroll_region.tsx";

const NEIGHBOURS = [["prometheus", "Prometheus"], ["grafana", "Grafana"], ["database", "Database"]] as const;

/** The prefix of each service, and what it is called. */
const SERVICES = [
  ["etl", "ETL data pipeline"],
  ["storage", "Data storage"],
  ["retrieval", "Data retrieval"],
  ["sla", "SLA manager"],
] as const;

/** The pages of the neighbours that are configured, and the API of each service. */
export function ElsewherePanel(): VNode {
  const links = useLive("links", readLinks, 600_000).value ?? {};
  const named = NEIGHBOURS.filter(([name]) => links[name] !== undefined);
  return (
    <Panel title="Elsewhere">
      {named.length > 0 && (
        <ul class="links">
          {named.map(([name, title]) => (
            <li key={name}>
              <a class="button quiet" href={links[name]} rel="noreferrer" title={links[name]}>{title}</a>
            </li>
          ))}
        </ul>
      )}
      <ScrollRegion label="APIs of the services">
        <table>
          <thead>
            <tr>
              <th scope="col">API</th>
              <th scope="col">To try</th>
              <th scope="col">As OpenAPI</th>
              <th scope="col">Its metrics</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">All services</th>
              <td>
                <a href="docs">docs</a>
              </td>
              <td>
                <a href="openapi.json">openapi.json</a>
              </td>
              <td>–</td>
            </tr>
            {SERVICES.map(([prefix, title]) => (
              <tr key={prefix}>
                <th scope="row">{title}</th>
                {["docs", "openapi.json", "metrics"].map((page) => (
                  <td key={page}>
                    <a href={`${prefix}/${page}`} aria-label={`${page} of ${title}`}>{page}</a>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}
