import { z } from "zod";
import { count } from "../fields.ts";

/** How many samples there are of how many, one each step, that it takes to look so far ahead. */
export const LackingSamples = z.object({
  found: count("Samples that are there", 163),
  needed: count("Samples that are needed, one each step", 1_440),
});
export type LackingSamples = z.infer<typeof LackingSamples>;
