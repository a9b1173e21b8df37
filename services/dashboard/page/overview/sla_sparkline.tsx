import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { readSlaSamples, type SlaStatus } from "../api/slas.ts";
import { trackOf } from "../charts/data/chart_line.ts";
import { firstSampleMs, rangeSinceFirst } from "../charts/data/young_range.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { isNothingNew } from "../current_outages.ts";
import { useLive } from "../live.ts";
import { Ago, Time } from "../parts/words/time.tsx";

interface SlaSparklineProps {
  readonly status: SlaStatus;
  /** Whether it is drawn out of view too, once the browser has nothing else to do. */
  readonly ahead: boolean;
}

/** The last hour of an SLA's worst series; read while its row is in view, its place kept before. */
export function SlaSparkline({ status, ahead }: SlaSparklineProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  const idle = useIdle();
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: "200px" },
    );
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} class="sparkline-box">
      {(seen || ahead && idle) && <Line status={status} />}
    </div>
  );
}

/** Whether the browser has had nothing to do since this was shown; not every browser tells, then a second will do. */
function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const note = () => setIdle(true);
    if (!("requestIdleCallback" in globalThis)) {
      const timer = setTimeout(note, 1_000);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(note);
    return () => cancelIdleCallback(request);
  }, []);
  return idle;
}

function Line({ status }: { readonly status: SlaStatus }): VNode {
  const { slaId, name, min, max, series: [worst] } = status;
  const samples = useLive(
    `spark-${slaId}`,
    (signal) => readSlaSamples(slaId, { window: "1h" }, signal),
    30_000,
  );
  // Of a lost source nothing comes, however long it is waited for.
  const isLost = samples.error !== undefined || isNothingNew();
  const all = samples.value?.series ?? [];
  const series = all.find(({ seriesId }) => seriesId === worst?.seriesId) ?? all[0];
  if (samples.value === undefined) {
    return isLost
      ? <p class="sparkline-none">no samples can be read</p>
      : <p class="sparkline-awaited">reading samples …</p>;
  }
  if (series === undefined || series.values.every((value) => value === null)) {
    return <p class="sparkline-none">no samples in the last hour</p>;
  }
  const { fromMs, toMs, stepMs } = samples.value;
  const track = trackOf({ fromMs, stepMs, values: series.values });
  const shown = rangeSinceFirst({ fromMs, toMs }, track);
  const isYoung = shown.fromMs > fromMs;
  const line = (
    <Sparkline
      values={series.values.slice(Math.round((shown.fromMs - fromMs) / stepMs))}
      forecast={series.forecast}
      bounds={[min, max].filter((bound) => bound !== null)}
      label={`${name}, ${isYoung ? "since its first sample" : "last hour"}`}
    />
  );
  if (!isLost && !isYoung) return line;
  return (
    <div class={isLost ? "sparkline-noted sparkline-stale" : "sparkline-noted"}>
      {line}
      <small>
        {isYoung && (
          <>
            since <Time atMs={firstSampleMs(track)} />
          </>
        )}
        {isYoung && isLost && ", "}
        {isLost && (
          <>
            up to <Ago atMs={toMs} />
          </>
        )}
      </small>
    </div>
  );
}
