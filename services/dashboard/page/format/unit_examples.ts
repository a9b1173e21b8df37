import type { Unit } from "../../../shared/domain/units/unit.ts";

/** What may be typed, by what it is a number of; alone, and per second. */
const EXAMPLES: Readonly<Record<string, readonly [plain: string, perSecond: string]>> = {
  ratio: ["0.9 or 90 %", "0.9"],
  percent: ["90 or 90 %", "90"],
  bytes: ["2 GiB", "2 MiB/s"],
  seconds: ["0.5 or 500 ms", "0.5"],
  celsius: ["70 or 70 °C", "0.5"],
  requests: ["300 or 1.5k", "300 or 1.5k req/s"],
  "epoch seconds": ["1800000000", "0.5"],
  "epoch milliseconds": ["1800000000000", "0.5"],
};

/** How such a number may be typed; `undefined` where its unit is not known. */
export function exampleOf({ base, perSecond }: Unit): string | undefined {
  return base === null ? undefined : EXAMPLES[base]?.[perSecond === true ? 1 : 0] ?? "300 or 1.5k";
}

const NAMES: Readonly<Record<string, string>> = {
  ratio: "a share",
  percent: "a share",
  celsius: "a temperature",
  "epoch seconds": "a point in time",
  "epoch milliseconds": "a point in time",
};

/** What such a number is of, for within a sentence: "bytes per second". */
export function nameOf({ base, perSecond }: Unit): string {
  return (NAMES[base ?? ""] ?? base ?? "it") + (perSecond === true ? " per second" : "");
}
