/** One M4 series: what is given, and what came after. */
export interface M4Series {
  readonly name: string;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** Reads the M4 hourly series of `<data>/m4-hourly`. */
export function readM4Hourly(data: string): M4Series[] {
  const tests = new Map(readRows(`${data}/m4-hourly/test.csv`));
  return readRows(`${data}/m4-hourly/train.csv`).map(([name, train]) => {
    const test = tests.get(name);
    if (test === undefined) throw new RangeError(`Cannot read M4 hourly as "${name}" has no test values`);
    return { name, train, test };
  });
}

/** One monitoring series on a regular grid; `NaN` where nothing was recorded. */
export interface NabSeries {
  readonly name: string;
  readonly stepMs: number;
  readonly values: Float64Array;
}

/** Reads the series of the Numenta Anomaly Benchmark below `<data>/nab`, each on the grid of its own usual step. */
export function readNab(data: string): NabSeries[] {
  const series: NabSeries[] = [];
  for (const group of [...Deno.readDirSync(`${data}/nab`)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (!group.isDirectory) continue;
    const files = [...Deno.readDirSync(`${data}/nab/${group.name}`)].map((file) => file.name).sort();
    for (const file of files) {
      series.push(readNabFile(`${data}/nab/${group.name}/${file}`, `${group.name}/${file}`));
    }
  }
  return series;
}

function readNabFile(path: string, name: string): NabSeries {
  const rows = Deno.readTextFileSync(path).trim().split("\n").slice(1).map((line) => {
    const [time, value] = line.split(",");
    return { timeMs: Date.parse(`${time.replace(" ", "T")}Z`), value: Number(value) };
  });
  rows.sort((a, b) => a.timeMs - b.timeMs);
  const steps = rows.slice(1).map((row, i) => row.timeMs - rows[i].timeMs).filter((step) => step > 0);
  steps.sort((a, b) => a - b);
  const stepMs = steps[Math.floor(steps.length / 2)];
  const startMs = rows[0].timeMs;
  const length = Math.round((rows[rows.length - 1].timeMs - startMs) / stepMs) + 1;
  const values = new Float64Array(length).fill(NaN);
  for (const { timeMs, value } of rows) values[Math.round((timeMs - startMs) / stepMs)] = value;
  return { name, stepMs, values };
}

function readRows(path: string): [string, Float64Array][] {
  return Deno.readTextFileSync(path).trim().split("\n").map((line) => {
    const [name, ...cells] = line.split(",");
    return [name, Float64Array.from(cells.filter((cell) => cell.trim() !== ""), Number)];
  });
}
