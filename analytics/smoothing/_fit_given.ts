import type { SmoothingParameters } from "../smoothing_model.ts";
import { type Fit, polishFit } from "./_fit.ts";
import { fitNested } from "./_nested.ts";
import { countEstimated, requireSeries, requireShape, requireSmoothing } from "./_options.ts";
import type { Region } from "./_region.ts";
import type { Shape } from "./_shape.ts";

/** A kind of model: what it is called, and where its weights may be, some of them given. */
export interface FitKind {
  readonly action: string;
  readonly regionOf: (shape: Shape, smoothing: Partial<SmoothingParameters>) => Region;
}

/** Fits the components that are asked for, with the weights that are given, to the last digits. */
export function fitGiven(
  values: ArrayLike<number>,
  options: Parameters<typeof requireShape>[0] & { readonly smoothing?: Partial<SmoothingParameters> },
  { action, regionOf }: FitKind,
): Fit {
  const { smoothing: given = {}, ...components } = options;
  const shape = requireShape(components, action);
  const smoothing = requireSmoothing(given, shape, action);
  requireSeries(values, shape, countEstimated(shape, smoothing), action);
  const region = (part: Shape): Region => regionOf(part, smoothing);
  const fit = fitNested(values, shape, { action, regionOf: region });
  if (!(fit.objective < Infinity)) {
    throw new RangeError(
      `Cannot ${action} as the model must foretell positive values: found no weights for which it does`,
    );
  }
  return polishFit(fit, region(shape));
}
