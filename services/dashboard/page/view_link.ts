/** Where the page is: the whole view is in the URL's fragment, so that a link restores it. */
export interface Route {
  readonly page: "overview" | "series" | "sla" | "new-sla" | "operations" | "nowhere";
  /** Series or SLA id where the page has one. */
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
}

/** Reads a fragment such as `#/series/0123456789abcdef?range=3h`; an empty one is the overview. */
export function readRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [page = "", id = ""] = path.split("/");
  const query = Object.fromEntries(new URLSearchParams(search));
  switch (page) {
    case "series":
      return { page: id === "" ? "overview" : "series", id, query };
    case "sla":
      return { page: id === "" ? "new-sla" : "sla", id, query };
    case "operations":
      return { page, id, query };
    case "":
      return { page: "overview", id: "", query };
    default:
      return { page: "nowhere", id: path, query };
  }
}

/** Whether a parameter that lists names has this one among them. */
export function isListed(list: string | undefined, name: string): boolean {
  return list !== undefined && list.split(",").includes(name);
}

/** The list with a name or without it; `undefined` when none is left. */
export function listed(list: string | undefined, name: string, isIn: boolean): string | undefined {
  const others = (list ?? "").split(",").filter((one) => one !== "" && one !== name);
  return [...others, ...(isIn ? [name] : [])].join(",") || undefined;
}

/** The link to a view. */
export function linkTo(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] =>
    pair[1] !== undefined && pair[1] !== ""
  );
  const search = new URLSearchParams(given).toString();
  return `#/${path}${search === "" ? "" : `?${search}`}`;
}
