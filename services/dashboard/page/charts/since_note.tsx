import type { VNode } from "preact";
import { Time } from "../parts/words/time.tsx";
import type { TimeRange } from "../zoom_range.ts";
import type { Track } from "./data/time_table.ts";
import { firstSampleMs } from "./data/young_range.ts";

/** A gap at the start that is shorter than this part of the range is none to speak of. */
const GAP_SHARE = 0.05;

/** Since when there are samples, where they do not reach back as far as was asked. */
export function SinceNote(
  { asked, track, lastMs }: {
    readonly asked: TimeRange;
    readonly track: Track;
    /** When the last one was, where no more came. */
    readonly lastMs?: number;
  },
): VNode | null {
  const firstMs = firstSampleMs(track);
  if (firstMs === undefined) return null;
  if (firstMs - asked.fromMs < GAP_SHARE * (asked.toMs - asked.fromMs)) return null;
  return (
    <p class="hint">
      {lastMs === undefined
        ? (
          <>
            There are samples only since <Time atMs={firstMs} />.
          </>
        )
        : (
          <>
            There are samples only from <Time atMs={firstMs} /> to <Time atMs={lastMs} />.
          </>
        )}
    </p>
  );
}
