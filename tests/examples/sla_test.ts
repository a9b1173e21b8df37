import { ok, strictEqual } from "node:assert/strict";

const PERMISSIONS = ["--allow-net", "--allow-read", "--allow-write", "--ignore-env"];

/** Runs an example as its first lines say, against a demo of its own. */
async function run(example: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...PERMISSIONS, `examples/${example}.ts`, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  strictEqual(code, 0, `${text}\n${new TextDecoder().decode(stderr)}`);
  return text;
}

Deno.test("examples/sla_set.ts promises something about metrics and prints how that stands", async () => {
  const text = await run("sla_set", ["--random", "2"]);
  strictEqual(text.match(/^ {2}promised .*\(from the last 30 minutes\)$/gm)?.length, 2, text);
  strictEqual(text.match(/^ {2}past /gm)?.length, 6, text);
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
  ok(/little memory: (at_risk|ok|violated)/.test(text), text);
});
