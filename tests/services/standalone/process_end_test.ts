import { match, ok, strictEqual } from "node:assert/strict";
import { startProcess } from "../../support/process.ts";
import { taskArguments } from "../../support/task_arguments.ts";
import { until } from "../../support/until.ts";
import { addressOf, environmentOf, startStandalone, withFolder } from "./_process.ts";

for (const [signal, code] of [["SIGTERM", 0], ["SIGKILL", 137]] as const) {
  Deno.test(`start waits for the process before it, which ends by ${signal}, and takes its data`, () =>
    withFolder(async (folder) => {
      await using first = startStandalone(folder);
      await addressOf(first);
      await using second = startStandalone(folder);
      await second.line(/another process works on/);
      first.kill(signal);
      strictEqual(await first.exit(), code);
      await until(() => second.errors().includes("Pronoia is at"), "the start after it");
      second.kill("SIGTERM");
      strictEqual(await second.exit(), 0);
    }));
}

Deno.test("start ends with 0 on SIGTERM while it waits for the process before it", () =>
  withFolder(async (folder) => {
    await using first = startStandalone(folder);
    await addressOf(first);
    await using second = startStandalone(folder);
    await second.line(/another process works on/);
    second.kill("SIGTERM");
    strictEqual(await second.exit(), 0);
    ok(!/"level":"(warning|error)"/.test(second.output()), second.output());
    match(second.output(), /"msg":"stopped"/);
  }));

for (const [moment, pattern] of [["it listens", /listening/], ["a cycle is done", /cycle done/]] as const) {
  Deno.test(`start ends with 0 on SIGTERM as soon as ${moment}`, () =>
    withFolder(async (folder) => {
      await using process = startStandalone(folder);
      await process.line(pattern);
      process.kill("SIGTERM");
      strictEqual(await process.exit(), 0);
      match(process.output(), /"msg":"stopped"/);
    }));
}

/** Says when what the task loads first has run: before, Deno ends the process whatever the program says. */
const SAYS_PRELOADED = `--preload=data:text/javascript,console.log("preloaded")`;

Deno.test("start ends with 0 on SIGTERM at any moment of its start", () =>
  withFolder(async (folder) => {
    for (let turn = 0; turn < 5; turn++) {
      const args = taskArguments("start", folder).flatMap((argument) =>
        argument.startsWith("--preload=") ? [argument, SAYS_PRELOADED] : [argument]
      );
      await using process = startProcess(args, environmentOf(folder));
      await process.line(/^preloaded$/);
      // Each turn some later, from before the first of the modules is loaded on.
      const startMs = performance.now();
      await until(() => performance.now() - startMs >= turn * 150);
      process.kill("SIGTERM");
      strictEqual(await process.exit(), 0);
    }
  }));
