import { regularize, type RegularSeries } from "@pronoia/analytics";

/** The CSV that examples read where none is given: five days of a web server's load, every 10 minutes. */
const SAMPLE_CSV: URL = new URL("./data/web_load.csv", import.meta.url);

/**
 * Reads `time,value` lines, times in ISO 8601, onto a regular grid: duplicates and gaps are resolved by the library.
 *
 * @param file The file; {@linkcode SAMPLE_CSV} if none.
 * @throws {SyntaxError} If a line is no sample.
 */
export async function readCsv(file: string | undefined): Promise<RegularSeries> {
  const [, ...lines] = (await Deno.readTextFile(file ?? SAMPLE_CSV)).trim().split("\n");
  const timesMs: number[] = [];
  const values: number[] = [];
  for (const [i, line] of lines.entries()) {
    const [time = "", value = ""] = line.split(",");
    const timeMs = Date.parse(time);
    if (Number.isNaN(timeMs)) {
      throw new SyntaxError(`Cannot read line ${i + 2} as it must begin with a time: ${line}`);
    }
    timesMs.push(timeMs);
    values.push(value.trim() === "" ? NaN : Number(value));
  }
  return regularize({ timesMs, values }, { stepMs: timesMs[1] - timesMs[0] });
}
