import { regularize, type RegularSeries } from "@pronoia/analytics";
import "./_refusal.ts";

/** The CSV that examples read where none is given: five days of a web server's load, every 10 minutes. */
const SAMPLE_CSV: URL = new URL("./data/web_load.csv", import.meta.url);

/**
 * Reads `time,value` lines, times in ISO 8601 and in any order, onto a regular grid: duplicates and gaps are resolved
 * by the library. A first line that is no sample is a heading; no value, or NaN, is a missing one.
 *
 * @param file The file; {@linkcode SAMPLE_CSV} if none.
 * @throws {SyntaxError} If a line is no sample.
 */
export async function readCsv(file: string | undefined): Promise<RegularSeries> {
  const lines = (await Deno.readTextFile(file ?? SAMPLE_CSV)).trim().split("\n");
  const timesMs: number[] = [];
  const values: number[] = [];
  for (const [i, line] of lines.entries()) {
    const [time = "", value = ""] = line.split(",").map((cell) => cell.trim());
    const sample = { timeMs: Date.parse(time), value: value === "" ? NaN : Number(value) };
    const isValue = !Number.isNaN(sample.value) || /^(?:nan)?$/i.test(value);
    if (Number.isNaN(sample.timeMs) || !isValue) {
      if (i === 0) continue;
      throw new SyntaxError(`Cannot read line ${i + 1} as it must be "time,value": found "${line.trim()}"`);
    }
    timesMs.push(sample.timeMs);
    values.push(sample.value);
  }
  const inOrder = timesMs.toSorted((a, b) => a - b);
  const stepMs = Math.min(...inOrder.map((timeMs, i) => timeMs - inOrder[i - 1]).filter((gap) => gap > 0));
  if (stepMs === Infinity) throw new SyntaxError("Cannot read a series as two times or more are needed");
  return regularize({ timesMs, values }, { stepMs });
}
