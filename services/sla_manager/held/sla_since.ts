import type { SeriesProgress } from "../../shared/domain/sla/sla_progress.ts";
import { badness, type SlaState } from "../../shared/domain/sla/sla_status.ts";
import type { JudgeRules } from "../judging/judge_rules.ts";
import { knownPast, type Level } from "./known_past.ts";

/** Since when something is in its state. */
export interface Since {
  /** Where the state began in the samples, epoch ms. */
  readonly sinceMs: number;
  /** When that was found, epoch ms. */
  readonly knownSinceMs: number;
  /** Whether it may have begun before `sinceMs`. */
  readonly sinceAtLeast: boolean;
}

/** What an SLA is, and since when. */
export interface SlaSince extends Since {
  readonly state: SlaState;
}

/** Since when one label set is in its state. */
export function seriesSince({ sinceMs, changedAtMs, sinceAtLeast }: SeriesProgress): Since {
  return { sinceMs, knownSinceMs: Math.max(sinceMs, changedAtMs), sinceAtLeast };
}

/** One label set on the way back in time. */
interface Walk {
  readonly progress: SeriesProgress;
  readonly levels: readonly Level[];
  /** The level at the time that was reached. */
  at: number;
}

/**
 * The state of an SLA, which is that of its worst label set, and since when it is that without a break: goes back as
 * long as what is known of all of them leaves no other state. Where it may have been the same before, that says so;
 * no time is told in which it was another.
 *
 * O(label sets · their changes in that time).
 *
 * @param series One at least, as judged up to the same moment.
 */
export function slaSince(
  series: readonly SeriesProgress[],
  rules: Pick<JudgeRules, "noData" | "staleAfterMs" | "stepMs">,
): SlaSince {
  const stateOf = (one: SeriesProgress): SlaState => one.state ?? "unknown";
  const state = series.map(stateOf).reduce((a, b) => badness(a) >= badness(b) ? a : b);
  if (series.length === 1) return { state, ...seriesSince(series[0]) };
  const walks = series.map((progress): Walk => ({ progress, levels: knownPast(progress, rules), at: 0 }));
  let sinceMs = Infinity;
  while (isCertainly(state, walks)) {
    sinceMs = Math.max(...walks.map(({ levels, at }) => levels[at].fromMs));
    for (const walk of walks) if (walk.levels[walk.at].fromMs === sinceMs) walk.at++;
  }
  const inState = series.filter((one) => stateOf(one) === state);
  const begun = inState.filter((one) => one.sinceMs === sinceMs);
  const known = (begun.length > 0 ? begun : inState).map((one) => seriesSince(one).knownSinceMs);
  return {
    state,
    sinceMs,
    // What is `ok` has to be known of the last, what is not of the first.
    knownSinceMs: Math.max(sinceMs, state === "ok" ? Math.max(...known) : Math.min(...known)),
    sinceAtLeast: mayHaveBeen(state, { walks, untilMs: sinceMs }),
  };
}

/** Whether the worst of all label sets was in that state, whatever is not known. */
function isCertainly(state: SlaState, walks: readonly Walk[]): boolean {
  const levels = walks.map(({ levels, at }) => levels[at]);
  return Math.max(...levels.map(({ least }) => least)) === badness(state) &&
    Math.max(...levels.map(({ most }) => most)) === badness(state);
}

/** Whether the worst of all label sets may have been in that state just before then. */
function mayHaveBeen(
  state: SlaState,
  { walks, untilMs }: { readonly walks: readonly Walk[]; readonly untilMs: number },
): boolean {
  const bad = badness(state);
  const possible = walks.map(({ progress, levels, at }) => {
    const { least, most } = levels[at];
    // One that changed into the state then was not in it before.
    const isOther = progress.sinceMs === untilMs && !progress.sinceAtLeast && progress.state === state;
    return {
      least: isOther && least === bad ? least + 1 : least,
      is: !isOther && least <= bad && bad <= most,
    };
  });
  return possible.every(({ least }) => least <= bad) && possible.some(({ is }) => is);
}
