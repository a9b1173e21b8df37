import { match, ok, strictEqual } from "node:assert/strict";
import { runExample } from "./_run_example.ts";

const READ = ["--allow-read"];

Deno.test("examples/analyse_csv.ts says what a series is like", async () => {
  const text = await runExample("analyse_csv", { permissions: READ });
  match(text, /missing +6\.0000/);
  match(text, /^Seasonality +every 24 h/m);
});

Deno.test("examples/forecast_plot.ts draws to the terminal, and to an image", async () => {
  const text = await runExample("forecast_plot", { permissions: READ });
  strictEqual(text.match(/^ +-?[\d.]+ │/gm)?.length, 16);
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
