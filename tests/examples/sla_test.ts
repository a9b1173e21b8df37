import { ok, strictEqual } from "node:assert/strict";
import { openFilledStandalone } from "../support/standalone.ts";
import { runExample } from "./_run_example.ts";

const PERMISSIONS = ["--allow-net", "--allow-read", "--allow-write", "--ignore-env"];

/** Against a demo of its own where no URL is given. */
function run(example: string, args: readonly string[]): Promise<string> {
  return runExample(example, { permissions: PERMISSIONS, args });
}

Deno.test("examples/sla_set.ts promises something about metrics and prints how that stands", async () => {
  await using standalone = await openFilledStandalone();
  const text = await run("sla_set", ["--url", standalone.url, "--random", "2"]);
  strictEqual(text.match(/^ {2}promised .*\(from the last 30 min\)$/gm)?.length, 2, text);
  strictEqual(text.match(/^ {2}past /gm)?.length, 6, text);
  const kept = async () => (await (await fetch(`${standalone.url}/sla/slas`)).json()).items.length;
  strictEqual(await kept(), 0);
  await run("sla_set", ["--url", standalone.url, "--random", "1", "--keep"]);
  strictEqual(await kept(), 1);
});

Deno.test("examples/sla_set.ts makes promises that stand when they are made", async () => {
  const text = await run("sla_set", []);
  const states = [...text.matchAll(/^ {2}now {7}(\w+):/gm)].map(([, state]) => state);
  strictEqual(states.length, 5, text);
  ok(states.filter((state) => state === "ok").length >= 3, text);
});

Deno.test("examples/sla_set.ts --out writes a file for SLA_FILE", async () => {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await run("sla_set", ["--pick", "up,go_goroutines", "--min", "1", "--out", file]);
    const slas = JSON.parse(await Deno.readTextFile(file));
    ok(slas.length === 2 && slas.every(({ min }: { min: number }) => min === 1), JSON.stringify(slas));
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("examples/sla_watch.ts follows an SLA", async () => {
  const text = await run("sla_watch", ["--minutes", "0.02"]);
  ok(/"little memory"[^]* (at_risk|ok|violated), /.test(text), text);
});

Deno.test("examples/sla_set.ts leaves nothing behind when Ctrl-C ends it", async () => {
  await using standalone = await openFilledStandalone();
  const example = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      ...PERMISSIONS,
      "examples/sla_set.ts",
      "--url",
      standalone.url,
      "--random",
      "4",
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let progress = "";
  for await (const text of example.stderr.pipeThrough(new TextDecoderStream())) {
    const isFirst = !progress.includes("Creating SLAs");
    progress += text;
    if (isFirst && progress.includes("Creating SLAs")) example.kill("SIGINT");
  }
  strictEqual((await example.status).code, 130, progress);
  const { items } = await (await fetch(`${standalone.url}/sla/slas`)).json();
  strictEqual(items.length, 0);
});
