import type { PageFacts } from "../../../shared/domain/page_facts.ts";

/** Pages of neighbours, as far as somebody named them, and whether the series are the demo's. */
export type Links = Readonly<Partial<PageFacts>>;

let links: Promise<Links> | undefined;

/** Reads them once per visit; none where none are served. */
export function readLinks(): Promise<Links> {
  return links ??= fetch("links.json").then((response) => response.ok ? response.json() : {}).then(
    usableLinks,
  )
    .catch(() => {
      links = undefined;
      return {};
    });
}

const NEIGHBOURS: ReadonlySet<string> = new Set(["prometheus", "grafana", "database"]);

/** Of an answer what can be used: that there is a demo, and web addresses. */
export function usableLinks(answer: unknown): Links {
  return Object.fromEntries(
    Object.entries(Object(answer)).filter(([name, value]) =>
      name === "demo" ? value === true : NEIGHBOURS.has(name) && /^https?:\/\//.test(String(value))
    ),
  );
}
