/** Reads a stored model back, trusting nothing. */
import { parseJson } from "../_parse_json.ts";
import type { SmoothingJson, SmoothingModel } from "../smoothing_model.ts";
import { FilterModel, type ModelParts } from "./_model.ts";
import { isLinear } from "./_shape.ts";
import { requireShape } from "./_options.ts";

/** Reads what `toJson` wrote, as an object or as text. */
export function readModel(json: unknown, kind: SmoothingJson["kind"], action: string): SmoothingModel {
  const fail = (rule: string, found: unknown): never => {
    throw new SyntaxError(`Cannot ${action} as ${rule}: found ${found}`);
  };
  const record = (value: unknown, name: string): Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Record<string, unknown>
      : fail(`"${name}" must be an object`, value === null ? "null" : typeof value);
  const number = (value: unknown, name: string): number =>
    typeof value === "number" && Number.isFinite(value)
      ? value
      : fail(`"${name}" must be a finite number`, typeof value === "number" ? value : typeof value);
  const numbers = (value: unknown, name: string, length?: number): Float64Array => {
    if (!Array.isArray(value)) return fail(`"${name}" must be an array`, typeof value);
    if (length !== undefined && value.length !== length) {
      fail(`"${name}" must have ${length} entries`, value.length);
    }
    return Float64Array.from(value, (entry) => number(entry, name));
  };
  const share = (value: unknown, name: string): number => {
    const found = number(value, name);
    return found >= 0 && found <= 1 ? found : fail(`"${name}" must be between 0 and 1`, found);
  };
  const amount = (value: unknown, name: string): number => {
    const found = number(value, name);
    return found >= 0 ? found : fail(`"${name}" must not be negative`, found);
  };
  const text = (value: unknown, name: string): string =>
    typeof value === "string" ? value : fail(`"${name}" must be text`, typeof value);

  const stored = record(parseJson(json, action), "json");
  if (stored.kind !== kind) fail(`"kind" must be "${kind}"`, JSON.stringify(stored.kind));
  if (stored.version !== 1) fail(`"version" must be 1`, JSON.stringify(stored.version));
  const model = record(stored.model, "model");
  const shape = requireShape(record(model.shape, "shape"), action);
  const four = (value: unknown, name: string) => {
    const { level, trend, seasonal, damping } = record(value, name);
    return {
      level: share(level, `${name}.level`),
      trend: share(trend, `${name}.trend`),
      seasonal: share(seasonal, `${name}.seasonal`),
      damping: share(damping, `${name}.damping`),
    };
  };
  const states = 2 + (shape.seasonal === "none" ? 0 : shape.period);
  const phase = number(model.phase, "phase");
  if (!Number.isInteger(phase) || phase < 0 || phase >= shape.period) {
    fail(`"phase" must lie in the period`, phase);
  }
  const scores = record(model.scores, "scores");
  const errors = record(model.errors, "errors");
  const scale = number(model.scale, "scale");
  if (!(scale > 0)) fail(`"scale" must be positive`, scale);
  const state = numbers(model.state, "state", states);
  if (!isLinear(shape) && !(state[0] > 0)) fail("the level must be positive", state[0]);
  const deviation = amount(model.deviation, "deviation");
  const source = {
    quantiles: numbers(errors.quantiles, "quantiles"),
    deviation,
    bandwidth: amount(errors.bandwidth, "bandwidth"),
  };
  const parts: ModelParts = {
    kind,
    method: text(model.method, "method"),
    shape,
    weights: four(model.weights, "weights"),
    parameters: four(model.parameters, "parameters"),
    origin: number(model.origin, "origin"),
    scale,
    initial: numbers(model.initial, "initial", states),
    state,
    phase,
    scores: {
      sse: number(scores.sse, "sse"),
      variance: number(scores.variance, "variance"),
      observations: number(scores.observations, "observations"),
      logLikelihood: number(scores.logLikelihood, "logLikelihood"),
      aic: number(scores.aic, "aic"),
      // JSON has no infinity: it is stored as null.
      aicc: scores.aicc === null ? Infinity : number(scores.aicc, "aicc"),
      bic: number(scores.bic, "bic"),
    },
    deviation,
    errors: () => source,
    explanation: {
      candidates: readCandidates(record(model.explanation, "explanation").candidates),
      backtest: null,
      warnings: [],
    },
  };
  return new FilterModel(parts);

  function readCandidates(value: unknown) {
    if (!Array.isArray(value)) return fail(`"candidates" must be an array`, typeof value);
    return value.map((entry) => {
      const { method, score, rejected } = record(entry, "candidate");
      return {
        method: text(method, "candidate.method"),
        score: score === null ? null : number(score, "candidate.score"),
        ...(rejected === undefined ? {} : { rejected: text(rejected, "candidate.rejected") }),
      };
    });
  }
}
