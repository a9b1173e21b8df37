/**
 * What the SLA manager's probabilities are worth, as it serves them: NAB's series are replayed through the service (a
 * scripted source, SQLite in memory, a clock that is moved), and each answer of `GET /slas/{id}/prediction` is held
 * against what came.
 *
 * `deno task accuracy:slas [data folder] [moments per series] [steps ahead]`. Bounds hold the middle 90 or 98 % of a series' first
 * quarter; the moments are spread over the rest. Moments that are out of bounds already, where the service says 1,
 * are told apart: that is no art. The method was chosen a quarter of an hour before, as in service.
 */
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { createScriptedSource } from "../../tests/support/scripted_source.ts";
import { openSlaManager } from "../../tests/support/sla_manager.ts";
import { type NabSeries, readNab } from "./read_series.ts";

const data = Deno.args[0] ?? new URL("../../../shared/data", import.meta.url).pathname;
const MOMENTS = Number(Deno.args[1] ?? 40);
const HORIZON_STEPS = Number(Deno.args[2] ?? 10);
const COVERS = [0.9, 0.98];

interface Trial {
  readonly cover: number;
  readonly probability: number;
  readonly happened: number;
  /** Out of bounds already at that moment. */
  readonly outside: boolean;
}

const trials: Trial[] = [];
let unanswered = 0;
for (const series of readNab(data)) trials.push(...await replay(series));

const inside = trials.filter(({ outside }) => !outside);
for (const cover of COVERS) {
  report(
    `bounds of ${100 * cover} %`,
    inside.filter((trial) => trial.cover === cover),
  );
}
report("both bounds", inside);
report("both, moments out of bounds already included", trials);
console.log(`without an answer: ${unanswered}`);

async function replay({ name, stepMs, values }: NabSeries): Promise<Trial[]> {
  const startMs = Math.ceil(1_767_225_600_000 / stepMs) * stepMs;
  const first = Math.floor(values.length / 4);
  const sorted = values.slice(0, first).filter((value) => !Number.isNaN(value)).sort();
  const clock = new FakeClock(startMs + first * stepMs);
  const source = createScriptedSource({ clock, stepMs });
  source.series.set("nab", [{
    labels: { __name__: "nab", name },
    valueAt: (timeMs) => values[Math.round((timeMs - startMs) / stepMs)] ?? NaN,
  }]);
  const found: Trial[] = [];
  const lead = Math.max(1, Math.round(900_000 / stepMs));
  await using manager = openSlaManager({
    clock,
    source,
    // Due after the first evaluation of each moment, and not after the second.
    settings: {
      horizonMs: HORIZON_STEPS * stepMs,
      settleMs: 0,
      chooseIntervalMs: lead * stepMs,
      intervalMs: stepMs,
    },
  });
  const slas: { readonly id: string; readonly cover: number; readonly min: number; readonly max: number }[] =
    [];
  for (const cover of COVERS) {
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
    const bounds = { min: at((1 - cover) / 2), max: at((1 + cover) / 2) };
    const { status, body } = await manager.json("POST", "/slas", {
      name: `${cover}`,
      expression: "nab",
      ...bounds,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    slas.push({ id: body.id, cover, ...bounds });
  }
  const room = values.length - first - lead - HORIZON_STEPS - 2;
  for (let moment = 0; moment < MOMENTS; moment++) {
    const now = first + lead + 1 + Math.floor(room * moment / MOMENTS);
    for (const step of [now - lead, now]) {
      await clock.advance(Math.max(0, startMs + step * stepMs - clock.nowMs()));
      await manager.evaluator.evaluateAll();
    }
    for (const { id, cover, min, max } of slas) {
      const { body } = await manager.json("GET", `/slas/${id}/prediction`);
      const coming = values.slice(now + 1, now + 1 + HORIZON_STEPS);
      if (Number.isNaN(values[now]) || coming.some(Number.isNaN)) continue;
      const isOut = (value: number): boolean => value < min || value > max;
      if (body.probability === null) unanswered++;
      else {
        const happened = Number(coming.some(isOut));
        found.push({ cover, probability: body.probability, happened, outside: isOut(values[now]) });
      }
    }
  }
  return found;
}

function report(title: string, trials: readonly Trial[]): void {
  const rate = trials.reduce((sum, { happened }) => sum + happened, 0) / trials.length;
  const brier = (probability: (trial: Trial) => number): number =>
    trials.reduce((sum, trial) => sum + (probability(trial) - trial.happened) ** 2, 0) / trials.length;
  const ours = brier((trial) => trial.probability);
  const skill = (reference: number): string => (1 - ours / reference).toFixed(3);
  console.log(
    `${title}: ${trials.length} moments, breached ${(100 * rate).toFixed(1)} %; ` +
      `Brier ${ours.toFixed(4)}, skill ${skill(brier(() => rate))} over the base rate, ` +
      `${skill(brier(() => 0))} over "no breach"`,
  );
  for (const [low, high] of [[0, 0.1], [0.1, 0.3], [0.3, 0.7], [0.7, 0.9], [0.9, 1.01]]) {
    const within = trials.filter(({ probability }) => probability >= low && probability < high);
    if (within.length === 0) continue;
    const said = within.reduce((sum, { probability }) => sum + probability, 0) / within.length;
    const came = within.reduce((sum, { happened }) => sum + happened, 0) / within.length;
    console.log(
      `  said ${(100 * said).toFixed(0).padStart(3)} %, came ${
        (100 * came).toFixed(0).padStart(3)
      } % (${within.length})`,
    );
  }
}
