import { unitByName } from "./metric_name.ts";

/** What a number is a number of; `perSecond` for an analysed counter. */
export interface Unit {
  readonly base: string | null;
  readonly perSecond?: boolean;
}

/** A number of nothing known. */
export const NO_UNIT: Unit = { base: null };

/** The unit of a series: what the source says, else what the metric's name ends with. */
export function unitOf(
  series: { readonly name: string; readonly type: string; readonly unit: string | null },
): Unit {
  const base = series.unit?.replace(/(?:\/s| ?per second)$/, "") ?? unitByName(series.name);
  return { base: base === "" ? null : base, perSecond: series.type === "counter" };
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
  // Each turn takes a function off; nobody nests more.
  for (let depth = 0; depth < 20; depth++) {
    const [, name] = SELECTOR.exec(rest) ?? [];
    if (name !== undefined) {
      return { ...unitOf({ name, type: "gauge", unit: null }), perSecond: perSecond && !observed };
    }
    const [, called, inner] = CALL.exec(rest) ?? [];
    if (called === undefined || !isOneArgument(inner)) return NO_UNIT;
    if (PER_SECOND.has(called)) perSecond = true;
    else if (called === "histogram_quantile") observed = true;
    else if (!KEEPS_UNIT.test(called)) return NO_UNIT;
    rest = inner.trim();
  }
  return NO_UNIT;
}

/** A metric with or without matchers, a range and an offset. */
const SELECTOR =
  /^([a-zA-Z_:][\w:]*)\s*(?:\{(?:[^{}"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\})?\s*(?:\[\w+(?::\w*)?\])?\s*(?:offset\s+-?\w+)?$/;

/** A call with the numbers before its last argument, and a grouping before or after. */
const CALL =
  /^(\w+)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(\s*(?:[\d.]+\s*,)?([^]*?)\)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?$/;

const PER_SECOND = new Set(["rate", "irate", "deriv"]);
const KEEPS_UNIT =
  /^(?:sum|avg|min|max|topk|bottomk|quantile|stddev|(?:avg|min|max|sum|last|quantile|stddev)_over_time|increase|delta|idelta|abs|sort|sort_desc)$/;

/** True when the parentheses are those of one argument: closed as they were opened, no comma and no operator outside. */
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
