/** Reads a stored model back, trusting nothing. */
import { parseJson } from "../_parse_json.ts";
import {
  ACTION,
  requireAmount,
  requireCount,
  requireLength,
  requireNumber,
  requireNumbers,
  requireRecord,
  requireSame,
  requireShares,
  requireText,
  requireWithin,
} from "../forecasting/components/_json.ts";
import { readCandidates } from "../forecasting/components/_read_candidates.ts";
import type { SmoothingJson, SmoothingModel } from "../smoothing_model.ts";
import { FilterModel, gapMax, type ModelParts, type Scores } from "./_model.ts";
import { isLinear, type Shape } from "./_shape.ts";
import { requireShape, weightNames } from "./_options.ts";

/** Reads what `toJson` wrote, as an object or as text. */
export function readModel(json: unknown, kind: SmoothingJson["kind"], action: string): SmoothingModel {
  const stored = parseJson(json, action);
  const model = inWords(action, () => readHead(stored, kind));
  const shape = requireShape(model.shape, action);
  return new FilterModel(inWords(action, () => readParts(model, shape, kind)));
}

/** Whatever is wrong with a stored model is said to be wrong with its text. */
function inWords<Read>(action: string, read: () => Read): Read {
  try {
    return read();
  } catch (cause) {
    throw new SyntaxError((cause as Error).message.replace(ACTION, action), { cause });
  }
}

function readHead(
  json: unknown,
  kind: SmoothingJson["kind"],
): Record<string, unknown> & { shape: Record<string, unknown> } {
  const stored = requireRecord(json, "json");
  requireSame(stored.kind, "kind", kind);
  requireSame(stored.version, "version", 1);
  const model = requireRecord(stored.model, "model");
  return { ...model, shape: requireRecord(model.shape, "shape") };
}

function readParts(model: Record<string, unknown>, shape: Shape, kind: SmoothingJson["kind"]): ModelParts {
  const states = (name: string): Float64Array => {
    const values = requireNumbers(model[name], name, requireNumber);
    requireLength(values, name, 2 + (shape.seasonal === "none" ? 0 : shape.period));
    return values;
  };
  const state = states("state");
  // The level of a model with factors.
  if (!isLinear(shape)) requirePositive(state[0], "state[0]");
  const errors = requireRecord(model.errors, "errors");
  const deviation = requireAmount(model.deviation, "deviation");
  const source = {
    quantiles: requireNumbers(errors.quantiles, "quantiles", requireNumber),
    deviation,
  };
  return {
    kind,
    method: requireText(model.method, "method"),
    shape,
    weights: requireShares(model.weights, "weights", weightNames),
    parameters: requireShares(model.parameters, "parameters", weightNames),
    origin: requireNumber(model.origin, "origin"),
    scale: requirePositive(model.scale, "scale"),
    initial: states("initial"),
    state,
    phase: requireCount(model.phase, "phase", 0, shape.period - 1),
    // A model that was stored before gaps were counted stands at a value.
    gap: requireCount(model.gap ?? 0, "gap", 0, gapMax),
    scores: readScores(model.scores),
    deviation,
    errors: () => source,
    explanation: {
      candidates: readCandidates(requireRecord(model.explanation, "explanation").candidates),
      backtest: null,
      warnings: [],
    },
  };
}

function readScores(value: unknown): Scores {
  const json = requireRecord(value, "scores");
  const score = (name: keyof Scores): number => requireNumber(json[name], name);
  return {
    sse: score("sse"),
    variance: score("variance"),
    observations: score("observations"),
    logLikelihood: score("logLikelihood"),
    aic: score("aic"),
    // JSON has no infinity: it is stored as null.
    aicc: json.aicc === null ? Infinity : score("aicc"),
    bic: score("bic"),
  };
}

function requirePositive(value: unknown, name: string): number {
  return requireWithin(value, name, Number.MIN_VALUE, Number.MAX_VALUE);
}
