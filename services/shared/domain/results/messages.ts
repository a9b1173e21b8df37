import { z } from "zod";
import { SeriesForecast } from "./forecast.ts";
import { Metadata } from "./metadata.ts";
import { Statistics } from "./statistics.ts";

/** The one version of the message format this code writes and reads. */
export const MESSAGE_VERSION = 1;

const envelope = {
  version: z.literal(MESSAGE_VERSION),
  producedAtMs: z.int().describe("The source's now when the message was made, epoch ms; the later one wins"),
};

/**
 * What travels on `prometheusdata`: one message per series and kind (statistics: and window), keyed by series id.
 * Numbers are finite or null.
 */
export const ResultMessage = z.discriminatedUnion("kind", [
  Metadata.extend({ ...envelope, kind: z.literal("metadata") }),
  Statistics.extend({ ...envelope, kind: z.literal("statistics") }),
  SeriesForecast.extend({ ...envelope, kind: z.literal("forecast") }),
]);
export type ResultMessage = z.infer<typeof ResultMessage>;

/** The kinds of result, which are also the names of what is stored. */
export type ResultKind = ResultMessage["kind"];
