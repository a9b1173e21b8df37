import type { GridSamples } from "./advance.ts";
import type { JudgeRules } from "./judge_rules.ts";

/** What is asked of a series' silence. */
export interface SilenceSearch {
  readonly rules: Pick<JudgeRules, "stepMs" | "staleAfterMs">;
  /** End of the samples, exclusive: a step that they do not reach has none. */
  readonly toMs: number;
  /** Whether it had a sample before the first step. */
  readonly wasThere: boolean;
}

/** A stretch of time, half-open. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * When a series was silent for so long that its state is what `noData` says, as `advance()` dates it: from the step
 * on at which its newest sample is stale, to the next sample. Before its first sample a series is not silent.
 * O(steps).
 */
export function findSilence({ startMs, values }: GridSamples, search: SilenceSearch): readonly Stretch[] {
  const { rules: { stepMs, staleAfterMs }, toMs, wasThere } = search;
  const stretches: Stretch[] = [];
  let lastAtMs = wasThere ? -Infinity : null;
  let beganMs: number | null = null;
  for (let atMs = startMs, i = 0; atMs < toMs; atMs += stepMs, i++) {
    if (Number.isNaN(values[i] ?? NaN)) {
      if (beganMs === null && lastAtMs !== null && atMs - lastAtMs >= staleAfterMs) beganMs = atMs;
      continue;
    }
    if (beganMs !== null) stretches.push({ fromMs: beganMs, toMs: atMs });
    [lastAtMs, beganMs] = [atMs, null];
  }
  return beganMs === null ? stretches : [...stretches, { fromMs: beganMs, toMs }];
}
