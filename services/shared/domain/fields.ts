import { z } from "zod";
import { type LabelRecord, labelRecord } from "./label_record.ts";

/** An instant that examples use: 2026-01-01T00:00:00Z. */
export const EXAMPLE_TIME_MS = 1_767_225_600_000;

/** The end of stretches of time that examples begin at {@linkcode EXAMPLE_TIME_MS}: an hour later. */
export const EXAMPLE_END_MS: number = EXAMPLE_TIME_MS + 3_600_000;

/** The id of an SLA in examples. */
export const EXAMPLE_SLA_ID = "01a2093acab697ba8dd61d9fd5c31ff9";

/** A point in time. */
export function timeMs(what: string, example: number = EXAMPLE_TIME_MS): z.ZodInt {
  return z.int().meta({ description: `${what}, epoch ms`, example });
}

/** A point in time, or `null` as the description says. */
export function timeMsOrNull(what: string): z.ZodNullable<z.ZodInt> {
  return z.int().nullable().meta({ description: `${what}, epoch ms`, example: EXAMPLE_TIME_MS });
}

/** How many, from 0. */
export function count(what: string, example: number = 0): z.ZodInt {
  return z.int().min(0).meta({ description: what, example });
}

/** A finite number. */
export function figure(what: string, example: number): z.ZodNumber {
  return z.number().meta({ description: what, example });
}

/** A finite number, or `null` where it is not defined. */
export function figureOrNull(what: string, example: number): z.ZodNullable<z.ZodNumber> {
  return z.number().nullable().meta({ description: what, example });
}

/** Any text. */
export function text(what: string, example: string): z.ZodString {
  return z.string().meta({ description: what, example });
}

/** Why a figure beside it is `null`; absent where none is. */
export function reason(
  what: string = "Why figures are null; absent where none is",
  example: string = "no sample in this time",
): z.ZodOptional<z.ZodString> {
  return z.string().optional().meta({ description: what, example });
}

/** The distance of values on a grid. */
export function stepMs(): z.ZodInt {
  return z.int().positive().meta({ description: "Distance of neighbouring values, ms", example: 15_000 });
}

/** The label set of one series. */
export function labels(what: string): LabelRecord {
  return labelRecord().meta({
    description: what,
    example: { instance: "web-1:9100", job: "node" },
  });
}

/** The label set of one of the series that an SLA's expression yields, and its id. */
export function labelSet(): { seriesId: z.ZodString; labels: LabelRecord } {
  return {
    seriesId: text("Id of the label set, 16 hex digits", "0123456789abcdef"),
    labels: labels("The label set, as the expression yields it"),
  };
}
