/**
 * Prints how many times faster than statsmodels the library is, both sides run alternately on the same series.
 *
 *     deno task bench:statsmodels
 *
 * Needs python3 with venv; installs statsmodels into a virtual environment of its own under the cache folder
 * (XDG_CACHE_HOME, else ~/.cache), once. Give words to run only the rows whose title holds one of them.
 */
import { type Row, rows, seriesOf } from "./rows.ts";

const STATSMODELS = "0.15.0";

/** What one side says of one row. */
interface Measured {
  readonly ms: number;
  readonly answer: number | null;
}

async function main(): Promise<void> {
  const python = await installStatsmodels();
  const chosen = rows.filter(({ title }) =>
    Deno.args.length === 0 || Deno.args.some((word) => title.includes(word))
  );
  const child = new Deno.Command(python, {
    args: [new URL("statsmodels_side.py", import.meta.url).pathname],
    env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const answers = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(splitLines()).getReader();

  console.log(`statsmodels ${STATSMODELS}, Deno ${Deno.version.deno}, ${Deno.build.arch}, one thread each\n`);
  console.log("| work | n | period | statsmodels, ms | Pronoia, ms | ratio | floor | aim | answers |");
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const row of chosen) {
    const values = seriesOf(row);
    const { work, period, runs } = row;
    await writer.write(
      new TextEncoder().encode(JSON.stringify({ work, period, runs, values: [...values] }) + "\n"),
    );
    const { value } = await answers.read();
    if (value === undefined) throw new Error("The Python side ended early");
    console.log(describe(row, JSON.parse(value), measure(row, values)));
  }
  await writer.close();
  await child.status;
}

function describe(row: Row, theirs: Measured, ours: Measured): string {
  const ratio = theirs.ms / ours.ms;
  const verdict = ratio >= row.aim ? "aim" : ratio >= row.floor ? "floor" : "MISSED";
  const cells = [
    row.title,
    row.n,
    row.period,
    theirs.ms.toPrecision(3),
    ours.ms.toPrecision(3),
    `${ratio.toPrecision(3)}× (${verdict})`,
    `${row.floor}×`,
    `${row.aim}×`,
    theirs.answer === null ? "" : `${theirs.answer.toPrecision(9)} / ${ours.answer?.toPrecision(9)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Median of warm runs: as many as fit into a second, between 5 and 1000. */
function measure(row: Row, values: Float64Array): Measured {
  const durations: number[] = [];
  let answer: number | void = undefined;
  const warmUntil = performance.now() + 500;
  for (let run = 0; run < 300 && performance.now() < warmUntil; run++) row.run(values);
  const until = performance.now() + 1000;
  for (let run = 0; run < 1000 && (run < 5 || performance.now() < until); run++) {
    const start = performance.now();
    answer = row.run(values);
    durations.push(performance.now() - start);
  }
  durations.sort((a, b) => a - b);
  return { ms: durations[durations.length >> 1], answer: answer ?? null };
}

async function installStatsmodels(): Promise<string> {
  const cache = Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME")}/.cache`;
  const folder = `${cache}/pronoia/statsmodels-${STATSMODELS}`;
  const python = `${folder}/bin/python`;
  if (await succeeds(python, ["-c", "import statsmodels.api"])) return python;
  console.error(`Installing statsmodels ${STATSMODELS} into ${folder}`);
  await Deno.mkdir(`${cache}/pronoia`, { recursive: true });
  for (
    const [command, ...args] of [
      ["python3", "-m", "venv", folder],
      [`${folder}/bin/pip`, "install", "--quiet", `statsmodels==${STATSMODELS}`],
    ]
  ) {
    if (!await succeeds(command, args, "inherit")) throw new Error(`Cannot run ${command} ${args.join(" ")}`);
  }
  return python;
}

async function succeeds(
  command: string,
  args: string[],
  stderr: "null" | "inherit" = "null",
): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(command, { args, stdout: "null", stderr }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function splitLines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) controller.enqueue(line);
    },
  });
}

if (import.meta.main) await main();
