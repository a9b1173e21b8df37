import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { startProcess } from "../support/process.ts";
import { until } from "../support/until.ts";
import { exists } from "./_install.ts";

for (const [signal, code] of [["SIGHUP", 129], ["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`endOnSignals() leaves nothing that was started at ${signal}, and says so by ${code}`, async () => {
    await using program = startProcess(["tests/servers/_ended_program.ts"], {});
    const [, server, deep, folder] = await program.line(/^started (\d+) (\d+) (.+)$/);
    deepStrictEqual([await exists(`/proc/${server}`), await exists(`/proc/${deep}`)], [true, true]);
    program.kill(signal);
    strictEqual(await program.exit(), code);
    ok(program.errors().includes(`Ended by ${signal}`));
    strictEqual(await exists(folder), false);
    await until(async () => !await isAlive(server) && !await isAlive(deep), "the end of what was started");
  });
}

/** An ended process is listed until its parent has asked for it. */
async function isAlive(pid: string): Promise<boolean> {
  try {
    return !/\) Z [^)]*$/.test(await Deno.readTextFile(`/proc/${pid}/stat`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || /no such process/i.test(`${error}`)) return false;
    throw error;
  }
}
