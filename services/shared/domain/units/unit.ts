import { unitByName } from "./metric_name.ts";

/**
 * What a number is a number of; `perSecond` for an analysed counter. Points in time are `epoch seconds` and
 * `epoch milliseconds`.
 */
export interface Unit {
  readonly base: string | null;
  readonly perSecond?: boolean;
}

/** A number of nothing known. */
export const NO_UNIT: Unit = { base: null };

/** The unit of a series: what the source says, else what the metric's name ends with. */
export function unitOf(
  { name, type, unit }: { readonly name: string; readonly type: string; readonly unit: string | null },
): Unit {
  const base = unit?.replace(/(?:\/s| ?per second)$/, "") || unitByName(name);
  if (type === "counter") return rateOf(base, name);
  const [, milli] = POINT_IN_TIME.exec(name) ?? [];
  if (milli !== undefined) return { base: milli === "m" ? "epoch milliseconds" : "epoch seconds" };
  return { base };
}

/** Names that Prometheus' exporters give to points in time, and to what may be one by its size. */
const POINT_IN_TIME = /(?:^|_)time(?:stamp)?_(m?)(?:s|seconds|illis|illiseconds)$/;

/** Counters of time that something is busy or waited for: of one core, of one disk, of all tasks. */
const BUSY = /(?:^|_)(?:cpu|time|pressure)(?:_|$)/;

/**
 * Seconds per second are a share of the time where something is busy, and seconds else, as of durations that are
 * added up. By the name alone, so that all values of a metric have one unit, however small.
 */
function rateOf(base: string | null, name: string): Unit {
  return base === "seconds" && BUSY.test(name) ? { base: "ratio" } : { base, perSecond: true };
}

/**
 * The unit an expression yields, where it is plain to see: of a selector, and of functions that keep the unit of what
 * they are given. Anything else could divide or count, and no unit is better than a wrong one.
 */
export function unitOfExpression(expression: string): Unit {
  let rest = expression.trim();
  let perSecond = false;
  // What a histogram tells is in the unit that it observes, however its buckets are counted.
  let observed = false;
  // A sum of points in time is none.
  let summed = false;
  // Each turn takes a function off; nobody nests more.
  for (let depth = 0; depth < 20; depth++) {
    const [, plain, within] = SELECTOR.exec(rest) ?? [];
    const name = plain ?? within;
    if (name !== undefined) {
      const unit = unitOf({ name, type: "gauge", unit: null });
      // Buckets count.
      if (name.endsWith("_bucket") && !observed) return perSecond ? { base: null, perSecond } : NO_UNIT;
      const base = summed || perSecond ? unit.base?.replace(/^epoch /, "") ?? null : unit.base;
      return perSecond && !observed ? rateOf(base, name) : { base };
    }
    const [, called, inner] = CALL.exec(rest) ?? [];
    if (called === undefined || !isOneArgument(inner)) return NO_UNIT;
    if (PER_SECOND.has(called)) perSecond = true;
    else if (called === "histogram_quantile") observed = true;
    else if (!KEEPS_UNIT.test(called)) return NO_UNIT;
    else if (/^(?:sum|stddev|i?delta)/.test(called)) summed = true;
    rest = inner.trim();
  }
  return NO_UNIT;
}

/** A metric, named before its matchers or as the first of them, with or without a range and an offset. */
const SELECTOR =
  /^(?:([a-zA-Z_:][\w:]*)|(?=\{\s*(?:__name__\s*=\s*)?"([a-zA-Z_:][\w:]*)"\s*[,}]))\s*(?:\{(?:[^{}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\})?\s*(?:\[\w+(?::\w*)?\])?\s*(?:offset\s+-?\w+)?$/;

/** A call with the numbers before its last argument, and a grouping before or after. */
const CALL =
  /^(\w+)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(\s*(?:[\d.]+\s*,)?([^]*?)\)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?$/;

const PER_SECOND = new Set(["rate", "irate", "deriv"]);
const KEEPS_UNIT =
  /^(?:sum|avg|min|max|topk|bottomk|quantile|stddev|(?:avg|min|max|sum|last|quantile|stddev)_over_time|increase|delta|idelta|abs|sort|sort_desc)$/;

/**
 * True when the parentheses are those of one argument: closed as they were opened, no comma and no operator outside.
 */
function isOneArgument(text: string): boolean {
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
  let depth = 0;
  for (const character of bare) {
    if ("({[".includes(character)) depth++;
    else if (")}]".includes(character)) depth--;
    else if (depth === 0 && ",+-*/%^<>=".includes(character)) return false;
    if (depth < 0) return false;
  }
  return depth === 0;
}
