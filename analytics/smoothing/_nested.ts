/**
 * Fits a model such that it is never worse than the models it contains: each begins its descent also from their
 * optima. Optimisers that start every model afresh violate this, and with it every comparison by likelihood.
 */
import { type Fit, fitShape, type FitShapeOptions, quickEffort, standardiseFor } from "./_fit.ts";
import { clampWeight, type Region } from "./_region.ts";
import { type Shape, shapeName } from "./_shape.ts";
import { firstSeason } from "./_direction.ts";

/** Fits of one series by the name of their shape, so that a comparison fits each once. */
export type Fits = Map<string, Fit>;

/** How to fit a family of nested models. */
export interface FitNestedOptions extends Omit<FitShapeOptions, "region" | "starts" | "standardised"> {
  readonly regionOf: (shape: Shape) => Region;
  readonly fits?: Fits;
}

/** How many times worse a hasty fit must be for its model to be out of the question. */
const glanceMargin = 1.15;

/**
 * Fits a shape after those it contains: without its trend, and without its season. A held weight rules out 0, and
 * with it the smaller model.
 */
export function fitNested(values: ArrayLike<number>, shape: Shape, options: FitNestedOptions): Fit {
  const { regionOf, action, effort, fits = new Map() } = options;
  const standardised = standardiseFor(shape, values, action);
  const nameOf = (shape: Shape) => `${shapeName(shape)} ${standardised.scale} ${standardised.origin}`;
  const fit = (shape: Shape): Fit => {
    const name = nameOf(shape);
    const known = fits.get(name);
    if (known) return known;
    const region = regionOf(shape);
    const starts: Float64Array[] = [];
    if (shape.trend !== "none" && region.free[1]) {
      starts.push(embed(fit({ ...shape, trend: "none", damped: false }), shape, region));
    }
    // Not contained in the damped model, but next to it.
    if (shape.damped) {
      const undamped = fit({ ...shape, damped: false }).point.slice();
      undamped[3] = region.upper[3];
      starts.push(undamped);
    }
    const again = (starts: Float64Array[]) =>
      fitShape(values, shape, { region, action, effort, starts, standardised });
    let result = again(starts);
    if (shape.seasonal !== "none" && region.free[2]) {
      // As a rule the season explains so much that the model without it is out of the question after a glance.
      const part: Shape = { ...shape, seasonal: "none" };
      const partRegion = regionOf(part);
      const glance = fits.get(nameOf(part)) ??
        fitShape(values, part, { region: partRegion, action, effort: quickEffort, standardised });
      if (!(glance.objective > glanceMargin * result.objective)) {
        const whole = fit(part);
        if (!(whole.objective > result.objective * (1 + 1e-9))) {
          result = again([...starts, embed(whole, shape, region)]);
        }
      }
    }
    fits.set(name, result);
    return result;
  };
  return fit(shape);
}

/** The optimum of a smaller model as a point of a larger one: what it lacks neither moves nor adds. */
function embed(fit: Fit, shape: Shape, region: Region): Float64Array {
  const season = shape.seasonal === "none" ? 0 : shape.period;
  const point = new Float64Array(firstSeason + season);
  point.set(fit.point.subarray(0, firstSeason));
  if (fit.shape.trend === "none") {
    point[1] = 0;
    point[3] = clampWeight(region, 0.95, 3);
    point[5] = shape.trend === "multiplicative" ? 1 : 0;
  }
  if (fit.shape.seasonal !== "none") point.set(fit.point.subarray(firstSeason), firstSeason);
  else {
    point[2] = 0;
    point.fill(shape.seasonal === "multiplicative" ? 1 : 0, firstSeason);
  }
  return point;
}
