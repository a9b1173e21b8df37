/** Pages of neighbours, as far as somebody named them, and whether the series are the demo's. */
export interface Links extends Readonly<Partial<Record<"database" | "prometheus" | "grafana", string>>> {
  readonly demo?: true;
}

let links: Promise<Links> | undefined;

/** Reads them once per visit. Anything that is no web address is left out, and so is everything where none are served. */
export function readLinks(): Promise<Links> {
  return links ??= fetch("links.json").then((response) => response.ok ? response.json() : {}).then(
    (body: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(
        Object.entries(body).filter(([name, value]) =>
          name === "demo" ? value === true : typeof value === "string" && /^https?:\/\//.test(value)
        ),
      ),
  ).catch(() => {
    links = undefined;
    return {};
  });
}
