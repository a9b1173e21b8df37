import { Autoregression } from "./_autoregression.ts";
import { Blend } from "./_blend.ts";
import type { Component, ComponentJson } from "./_component.ts";
import { Ets } from "./_ets.ts";
import { Line } from "./_line.ts";
import { Logarithmic } from "./_logarithmic.ts";
import { LastCycle } from "./_last_cycle.ts";
import { Seasonal } from "./_seasonal.ts";
import { Smoothing } from "./_smoothing.ts";

/** Deepest nesting that is read: a blend of logarithmic seasonal cores is four. */
const DEPTH_MAX = 8;

/** Restores a component from its state. */
export function readComponent(json: ComponentJson, depth = 0): Component {
  if (depth > DEPTH_MAX) {
    throw new RangeError(`Cannot read a forecaster as its parts nest at most ${DEPTH_MAX} deep: found more`);
  }
  const read = (inner: ComponentJson): Component => readComponent(inner, depth + 1);
  switch (json.kind) {
    case "last-cycle":
      return LastCycle.fromJson(json);
    case "smoothing":
      return Smoothing.fromJson(json);
    case "autoregression":
      return Autoregression.fromJson(json);
    case "ets":
      return Ets.fromJson(json);
    case "line":
      return Line.fromJson(json);
    case "seasonal":
      return Seasonal.fromJson(json, read);
    case "logarithmic":
      return Logarithmic.fromJson(json, read);
    case "blend":
      return Blend.fromJson(json, read);
    default:
      throw new RangeError(
        `Cannot read a forecaster as its parts must be of a known kind: found "${json.kind}"`,
      );
  }
}
