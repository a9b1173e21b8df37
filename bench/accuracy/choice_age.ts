import { breachProbability, chooseForecaster, type Forecaster } from "@pronoia/analytics";
import { createGenerator, type Generator } from "../../analytics/random/_generator.ts";
import { type NabSeries, readNab } from "./read_series.ts";
import { mean } from "./statistics.ts";

/** Ages of a choice, in tenths of the horizon: minutes, where it is 10 min. */
const AGES = [0, 1, 5, 10, 15];
/** What a choice is made from. */
const LENGTH = 1440;
/** Bounds hold so much of that. */
const COVERS = [0.9, 0.98];

/** What each age said at one moment: by bound, and the share of what came that was within 95 % intervals. */
interface Moment {
  readonly said: readonly { readonly probabilities: readonly number[]; readonly held: number }[];
  readonly happened: readonly number[];
}

/** Something that comes every two hours or so, or noise with a memory. `minute` is in steps. */
const shapes: Readonly<Record<string, (random: Generator, minute: number) => () => number>> = {
  "AR(.9)": (random) => {
    let state = 0;
    return () => state = 0.9 * state + random.normal();
  },
  "bursts": (random, minute) => {
    let [left, height] = [0, 0];
    return () => {
      if (left > 0) height = --left === 0 ? 0 : height;
      else if (random.uniform() < 1 / (120 * minute)) {
        left = Math.ceil(minute * (3 + 27 * random.uniform()));
        height = 10 + 20 * random.uniform();
      }
      return 10 + height + random.normal() * (1 + height / 8);
    };
  },
  "steps": (random, minute) => {
    let level = 0;
    return () => {
      if (random.uniform() < 1 / (120 * minute)) level += 6 * random.normal();
      return level + random.normal();
    };
  },
  "leaks": (random, minute) => {
    let [left, level, slope] = [0, 0, 0];
    return () => {
      if (left > 0) level = --left === 0 ? 0 : level + slope;
      else if (random.uniform() < 1 / (120 * minute)) {
        left = Math.ceil(minute * (5 + 40 * random.uniform()));
        slope = (0.2 + random.uniform()) / minute;
      }
      return level + random.normal();
    };
  },
};

/** Prints what probabilities are worth by the age of the choice they rest on, on NAB and on simulated series. */
export function reportChoiceAge(
  data: string,
  { horizons, count }: { readonly horizons: readonly number[]; readonly count: number },
): void {
  for (const horizon of horizons) {
    const minute = horizon / 10;
    console.log(`\n${horizon} steps ahead, choices ${AGES.map((age) => age * minute).join(", ")} steps old`);
    report("NAB", readNab(data).map(({ values }) => values), horizon, count);
    for (const [name, start] of Object.entries(shapes)) {
      const series = Array.from({ length: 6 }, (_, seed) => {
        const next = start(createGenerator(seed + 1, 0), minute);
        return Float64Array.from({ length: LENGTH + 1200 * minute }, next);
      });
      report(name, series, horizon, count);
    }
  }
}

function report(name: string, series: readonly NabSeries["values"][], horizon: number, count: number): void {
  const moments = series.flatMap((values, seed) => momentsOf(values, { seed, horizon, count }));
  const rows = AGES.map((_, age) => {
    const trials = moments.flatMap(({ said, happened }) =>
      happened.map((came, bound) => [said[age].probabilities[bound], came])
    );
    const brier = mean(trials.map(([said, came]) => (said - came) ** 2));
    // What no path did is not impossible.
    const log = mean(
      trials.map(([said, came]) => -Math.log(Math.max(1 / 2000, came === 1 ? said : 1 - said))),
    );
    const held = 100 * mean(moments.map(({ said }) => said[age].held));
    return [brier.toFixed(4), log.toFixed(4), held.toFixed(1)];
  });
  console.log(`${name}: ${moments.length} moments`);
  ["Brier", "log  ", "held "].forEach((score, i) =>
    console.log(`  ${score}  ${rows.map((row) => row[i].padStart(8)).join("")}`)
  );
}

function momentsOf(
  values: Float64Array,
  { seed, horizon, count }: { readonly seed: number; readonly horizon: number; readonly count: number },
): Moment[] {
  const random = createGenerator(seed + 1, 1);
  const first = 1_100 + 1.5 * horizon;
  const room = values.length - horizon - first;
  return Array.from({ length: room > 0 ? count : 0 }, () => first + Math.floor(room * random.uniform()))
    .flatMap((now): Moment[] => {
      const coming = values.slice(now, now + horizon);
      const last = values[now - 1];
      const past = values.slice(Math.max(0, now - LENGTH), now).filter((value) => !Number.isNaN(value))
        .sort();
      const at = (share: number): number => past[Math.round(share * (past.length - 1))];
      const bounds = COVERS.map((cover) => ({ min: at((1 - cover) / 2), max: at((1 + cover) / 2) }))
        .filter(({ min, max }) => last >= min && last <= max);
      if (bounds.length === 0 || coming.some(Number.isNaN)) return [];
      const said = AGES.map((age) => {
        const made = carriedOn(values, { horizon, now, age: Math.round(age * horizon / 10) }).forecast(
          horizon,
        );
        return {
          probabilities: bounds.map((bound) =>
            breachProbability(made, { ...bound, paths: 1000 }).probability
          ),
          held: mean([...coming].map((value, k) => Number(made.lower[k] <= value && value <= made.upper[k]))),
        };
      });
      const happened = bounds.map(({ min, max }) =>
        Number(coming.some((value) => value < min || value > max))
      );
      return [{ said, happened }];
    });
}

/** A choice of that age which learned of what came since; chosen anew where that showed it to be outgrown, as in service. */
function carriedOn(
  values: Float64Array,
  { horizon, now, age }: { readonly horizon: number; readonly now: number; readonly age: number },
): Forecaster {
  const choose = (end: number) => chooseForecaster(values.slice(Math.max(0, end - LENGTH), end), { horizon });
  let forecaster = choose(now - age);
  for (let t = now - age; t < now; t++) {
    forecaster.update([values[t]]);
    if (forecaster.isOutgrown && t < now - 1) forecaster = choose(t + 1);
  }
  return forecaster;
}
