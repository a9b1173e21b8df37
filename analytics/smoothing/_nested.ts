/**
 * Fits a model such that it is never worse than the models it contains: each begins its descent also from their optima.
 * Optimisers that start every model afresh violate this, and with it every comparison by likelihood.
 */
import { type Fit, fitShape, type FitShapeOptions, standardiseFor } from "./_fit.ts";
import type { Region } from "./_problem.ts";
import { type Shape, shapeName } from "./_shape.ts";
import { firstSeason } from "./_linearise.ts";

/** Fits of one series by the name of their shape, so that a comparison fits each once. */
export type Fits = Map<string, Fit>;

/** How to fit a family of nested models. */
export interface FitNestedOptions extends Omit<FitShapeOptions, "region" | "starts" | "standardised"> {
  readonly regionOf: (shape: Shape) => Region;
  readonly fits?: Fits;
}

/** Fits a shape after those it contains. */
export function fitNested(values: ArrayLike<number>, shape: Shape, options: FitNestedOptions): Fit {
  const { regionOf, action, effort, fits = new Map() } = options;
  const standardised = standardiseFor(shape, values, action);
  const fit = (shape: Shape): Fit => {
    const name = `${shapeName(shape)} ${standardised.scale} ${standardised.origin}`;
    const known = fits.get(name);
    if (known) return known;
    const region = regionOf(shape);
    const starts = smaller(shape, region).map((part) => embed(fit(part), shape, region));
    // Not contained in the damped model, but next to it.
    if (shape.damped) {
      const undamped = fit({ ...shape, damped: false }).point.slice();
      undamped[3] = region.upper[3];
      starts.push(undamped);
    }
    const result = fitShape(values, shape, { region, action, effort, starts, standardised });
    fits.set(name, result);
    return result;
  };
  return fit(shape);
}

/** The largest models that a model contains: without its trend, without its season. A held weight rules out 0. */
function smaller(shape: Shape, { free: [, trendFree, seasonalFree] }: Region): Shape[] {
  const parts: Shape[] = [];
  if (shape.trend !== "none" && trendFree) parts.push({ ...shape, trend: "none", damped: false });
  if (shape.seasonal !== "none" && seasonalFree) parts.push({ ...shape, seasonal: "none" });
  return parts;
}

/** The optimum of a smaller model as a point of a larger one: what it lacks neither moves nor adds. */
function embed(fit: Fit, shape: Shape, region: Region): Float64Array {
  const season = shape.seasonal === "none" ? 0 : shape.period;
  const point = new Float64Array(firstSeason + season);
  point.set(fit.point.subarray(0, firstSeason));
  if (fit.shape.trend === "none") {
    point[1] = 0;
    point[3] = Math.min(Math.max(0.95, region.lower[3]), region.upper[3]);
    point[5] = shape.trend === "multiplicative" ? 1 : 0;
  }
  if (fit.shape.seasonal !== "none") point.set(fit.point.subarray(firstSeason), firstSeason);
  else {
    point[2] = 0;
    point.fill(shape.seasonal === "multiplicative" ? 1 : 0, firstSeason);
  }
  return point;
}
