import { match, ok, strictEqual } from "node:assert/strict";
import { runExample } from "./_run_example.ts";

const READ = ["--allow-read"];

Deno.test("examples/analyse_csv.ts says what a series is like", async () => {
  const text = await runExample("analyse_csv", { permissions: READ });
  match(text, /714 of them seen, 6 missing/);
  match(text, /^Seasonality +every 24 h/m);
});

Deno.test("examples/forecast_plot.ts draws to the terminal, and to an image", async () => {
  const text = await runExample("forecast_plot", { permissions: READ });
  strictEqual(text.match(/^ +-?[\d.]+ │/gm)?.length, 16);
  ok(text.split("\n").every((line) => line.length <= 80), text);
  match(text, /^Method /m);
  const file = await Deno.makeTempFile({ suffix: ".svg" });
  try {
    await runExample("forecast_plot", { permissions: [...READ, "--allow-write"], args: ["--svg", file] });
    const image = await Deno.readTextFile(file);
    ok(image.startsWith("<svg ") && !image.includes("NaN"));
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("examples/detect_periods.ts finds what is there and nothing else", async () => {
  const text = await runExample("detect_periods");
  match(text, /^a day within a week +every 24 h .*every 168 h/m);
  match(text, /^noise alone +none$/m);
});

Deno.test("examples/compare_methods.ts ranks methods by their backtest", async () => {
  const text = await runExample("compare_methods", { permissions: READ });
  strictEqual(text.match(/\d %$/gm)?.length, 5, text);
  match(text, /^\[█{24}\] 5\/5 methods compared$/m);
});

Deno.test("examples that read a CSV take any order, and say in one line what is wrong with one", async () => {
  const file = await Deno.makeTempFile({ suffix: ".csv" });
  const run = (lines: readonly string[], expectedCode: number) =>
    Deno.writeTextFile(file, lines.join("\n")).then(() =>
      runExample("analyse_csv", { permissions: READ, args: [file], expectedCode })
    );
  try {
    const days = ["2026-01-03,3", "2026-01-01,1", "2026-01-01,1", "2026-01-02,"];
    match(
      await run(days, 0),
      /^3 values every 1440 min from 2026-01-01T.*\n\n {2}2 of them seen, 1 missing$/m,
    );
    strictEqual(
      (await run(["time,value", "2026-01-01,1", "2026-01-02,many"], 1)).trim(),
      'Cannot read line 3 as it must be "time,value": found "2026-01-02,many"',
    );
    match(await run(["time,value"], 1), /^\nCannot read a series .*\n$/);
  } finally {
    await Deno.remove(file);
  }
});
