/** What a service says of what it needs. */
export interface Readiness {
  /** `ok`, `failing` or `stopping`; `not answering` where there was no answer. */
  readonly status: string;
  readonly dependencies: Readonly<Record<string, DependencyHealth>>;
}

/** One thing that a service needs. */
export interface DependencyHealth {
  readonly status: string;
  readonly reason?: string;
  readonly failingSinceMs?: number;
  /** When it last answered before; absent where it never did, as far as its service knows. */
  readonly lastOkAtMs?: number;
}

/** A service and whether it can do its work. */
export interface ServiceReadiness {
  readonly title: string;
  readonly answer: Readiness;
}

const SERVICES = [["etl", "ETL"], ["storage", "Storage"], ["retrieval", "Retrieval"], [
  "sla",
  "SLA manager",
]] as const;

/** A service that has not answered by then shall not keep the others' answers back. */
const TIMEOUT_MS = 4_000;

/** A service that is not ready answers 503 with its reasons, which is an answer here; one that is gone has none. */
export async function readReadiness(signal: AbortSignal): Promise<readonly ServiceReadiness[]> {
  return await Promise.all(SERVICES.map(async ([path, title]): Promise<ServiceReadiness> => {
    try {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await fetch(`${path}/readyz`, { signal: inTime });
      return { title, answer: await response.json() as Readiness };
    } catch (error) {
      if (signal.aborted) throw error;
      return { title, answer: { status: NOT_ANSWERING, dependencies: {} } };
    }
  }));
}

/** The status of a service that gave no answer. */
export const NOT_ANSWERING = "not answering";
