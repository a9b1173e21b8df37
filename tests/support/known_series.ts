import { createNoise } from "../../services/shared/adapters/demo/noise.ts";

/** A label value with everything that has to be escaped somewhere on its way. */
export const HOSTILE_LABEL = 'C:\\dir\\"x"\nünï 🧀 {a="b"}\\';

const HISTORY_MS = 26 * 3_600_000;

/** The steps after the history that are known beforehand: the longest a test may go on. */
const AHEAD_MS = 3_600_000;

/** Series of known nature: their past, and an exporter that goes on with them. */
export interface KnownSeries extends AsyncDisposable {
  /** 26 h of the past, as OpenMetrics. */
  readonly history: string;
  /** `host:port` to scrape. */
  readonly target: string;
}

/**
 * Makes five series of known nature, sampled at whole multiples of `stepMs`, and serves them as time goes on; to be
 * scraped as the job `known`.
 *
 * The exporter says the time of each sample and tells all since the history, so that a late scrape leaves no gap.
 */
export function openKnownSeries(stepMs: number): KnownSeries {
  const startMs = Math.floor(Date.now() / stepMs) * stepMs - HISTORY_MS;
  const shapes = Object.entries(createShapes(stepMs, (HISTORY_MS + AHEAD_MS) / stepMs));
  const origin = `origin="${escapeLabel(HOSTILE_LABEL)}"`;
  const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    const to = Math.floor((Date.now() - startMs) / stepMs) + 1;
    const lines = shapes.flatMap(([name, values]) => [
      `# TYPE ${name} ${name.endsWith("_total") ? "counter" : "gauge"}`,
      ...steps(HISTORY_MS / stepMs, to).map((k) => `${name}{${origin}} ${values[k]} ${startMs + k * stepMs}`),
    ]);
    return new Response([...lines, ""].join("\n"), {
      headers: { "content-type": "text/plain; version=0.0.4" },
    });
  });
  const target = `127.0.0.1:${server.addr.port}`;
  const history = shapes.flatMap(([name, values]) =>
    steps(0, HISTORY_MS / stepMs).map((k) =>
      `${name}{instance="${target}",job="known",${origin}} ${values[k]} ${(startMs + k * stepMs) / 1_000}`
    )
  );
  return {
    history: [...history, "# EOF", ""].join("\n"),
    target,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function createShapes(stepMs: number, steps: number): Record<string, Float64Array> {
  const noise = createNoise(11, "known");
  let [walk, ar, total] = [0, 0, 0];
  const fill = (value: (k: number) => number) => Float64Array.from({ length: steps }, (_, k) => value(k));
  const hour = 3_600_000 / stepMs;
  return {
    known_sine: fill((k) => 20 + 5 * Math.sin(2 * Math.PI * k / hour)),
    known_walk: fill((k) => walk += noise.normal(k)),
    known_ar: fill((k) => ar = 0.7 * ar + noise.normal(k + steps)),
    known_constant: fill(() => 7),
    // Restarts every 50 minutes, so that each window has one.
    known_requests_total: fill((k) => total = k % (hour * 5 / 6) === 0 ? 3 : total + 30 + k % 7),
  };
}

function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
