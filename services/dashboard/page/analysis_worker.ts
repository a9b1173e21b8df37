/// <reference no-default-lib="true" />
/// <reference lib="webworker" />
/// <reference lib="esnext" />
import { stl } from "@pronoia/analytics";
import { messageOf } from "../../shared/domain/message_of.ts";

/** Values on a grid (`NaN` where missing) and the season to take out. */
export interface DecompositionRequest {
  readonly id: number;
  readonly values: Float64Array;
  readonly period: number;
}

/** So many cycles a season is smoothed over, and so many are needed to tell whether it changes. */
const CYCLES = 7;

/** The parts, or why there are none. */
export type DecompositionAnswer =
  | {
    readonly id: number;
    readonly trend: Float64Array;
    readonly seasonal: Float64Array;
    readonly remainder: Float64Array;
    readonly strength: { readonly trend: number | null; readonly seasonal: number | null };
  }
  | { readonly id: number; readonly failure: string };

self.onmessage = ({ data }: MessageEvent<DecompositionRequest>) => {
  const { id, values, period } = data;
  let answer: DecompositionAnswer;
  try {
    const { trend, seasonal, remainder, strength } = stl(values, {
      period,
      // A season that may change fits the first and the last of so few cycles, noise and all.
      seasonalWindow: values.length < CYCLES * period ? "periodic" : CYCLES,
      robust: true,
      outerIterations: 5,
    });
    answer = { id, trend, seasonal, remainder, strength };
  } catch (error) {
    answer = { id, failure: messageOf(error) };
  }
  self.postMessage(answer);
};
