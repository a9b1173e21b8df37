/** Pages of neighbours, as far as somebody named them. */
export type Links = Readonly<Partial<Record<"database" | "prometheus" | "grafana", string>>>;

let links: Promise<Links> | undefined;

/** Reads them once per visit. Anything that is no web address is left out, and so is everything where none are served. */
export function readLinks(): Promise<Links> {
  return links ??= fetch("links.json").then((response) => response.ok ? response.json() : {}).then(
    (body: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(
        Object.entries(body).filter(([, url]) => typeof url === "string" && /^https?:\/\//.test(url)),
      ),
  ).catch(() => {
    links = undefined;
    return {};
  });
}
