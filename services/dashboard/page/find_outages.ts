import { type DependencyHealth, NOT_ANSWERING, type ServiceReadiness } from "./api/readiness.ts";

/** Something that is down, in words. */
export interface Outage {
  /** What tells it from others: the dependency, or the service. */
  readonly key: string;
  /** What can't be done: "Prometheus can't be read". */
  readonly what: string;
  /** What follows for whoever reads the page. */
  readonly follows: string;
  readonly reason?: string;
  /** Since when a service says so; what is seen from here alone has no such time. */
  readonly sinceMs?: number;
  /** Whether it may have begun well before, as nobody asked in between. */
  readonly sinceAtLeast: boolean;
}

/** Services ask every 5 s, and wait 3 s for an answer. */
const ASKED_WITHIN_MS = 10_000;

const PAST = "What is shown is from before.";

/** What each dependency is for: what can't be done without it, and what follows. */
const DEPENDENCIES: Readonly<Record<string, readonly [what: string, follows: string]>> = {
  metrics_source: ["Prometheus can't be read", `${PAST} SLAs are unknown until it can.`],
  store: ["The database can't be used", `${PAST} Nothing new is stored until it can.`],
  bus: ["The message queue can't be used", `${PAST} New results wait until it can.`],
  shards: ["A service does not know its share of the work", "Part of what is shown may be from before."],
  cycles: ["Cycles do not run as they should", "Series, forecasts and statistics may be from before."],
};

/** What is down by what the services say: each thing once, however many services miss it. */
export function findOutages(services: readonly ServiceReadiness[]): readonly Outage[] {
  const gone = services.filter(({ answer }) => answer.status === NOT_ANSWERING);
  if (services.length > 0 && gone.length === services.length) {
    return [{ key: "all", what: "Pronoia does not answer", follows: PAST, sinceAtLeast: true }];
  }
  const found = new Map<string, Outage>();
  for (const { title, answer } of services) {
    if (answer.status === NOT_ANSWERING) {
      const what = `${title} does not answer`;
      found.set(title, { key: title, what, follows: PAST, sinceAtLeast: true });
    }
    for (const [name, health] of Object.entries(answer.dependencies)) {
      if (health.status === "ok") continue;
      const [what, follows] = DEPENDENCIES[name] ?? [`${title} lacks ${name}`, PAST];
      const before = found.get(name);
      found.set(name, {
        key: name,
        what,
        follows,
        reason: before?.reason ?? health.reason,
        ...earlier(before, begin(health)),
      });
    }
  }
  // A cycle that fails for want of what it needs is no outage of its own.
  if (found.size > 1) found.delete("cycles");
  return [...found.values()];
}

type Beginning = Pick<Outage, "sinceMs" | "sinceAtLeast">;

function begin({ failingSinceMs: sinceMs, lastOkAtMs }: DependencyHealth): Beginning {
  const asked = sinceMs !== undefined && lastOkAtMs !== undefined && sinceMs - lastOkAtMs <= ASKED_WITHIN_MS;
  return { sinceMs, sinceAtLeast: !asked };
}

function earlier(a: Beginning | undefined, b: Beginning): Beginning {
  const { sinceMs, sinceAtLeast } = a !== undefined && (a.sinceMs ?? Infinity) <= (b.sinceMs ?? Infinity)
    ? a
    : b;
  return { sinceMs, sinceAtLeast };
}
