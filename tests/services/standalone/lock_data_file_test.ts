import { rejects } from "node:assert/strict";
import { lockDataFile } from "../../../services/standalone/lock_data_file.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { until } from "../../support/until.ts";

const { signal } = new AbortController();

Deno.test("lockDataFile() waits for the one before, and refuses what is kept for longer", async () => {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-lock-" });
  try {
    const path = `${folder}/it.sqlite`;
    const clock = new FakeClock();
    const first = await lockDataFile(path, { clock, signal });
    const waiting = lockDataFile(path, { clock, signal });
    await until(() => clock.sleeping === 1);
    await clock.advance(5_900);
    first[Symbol.dispose]();
    await clock.advance(100);
    using _second = await waiting;
    const refused = rejects(lockDataFile(path, { clock, signal }), {
      name: "ConfigError",
      message:
        /^SQLITE_PATH: must be of one process alone: another one works on ".*it\.sqlite" in the folder /,
    });
    await until(() => clock.sleeping === 1);
    await clock.advance(6_000);
    await refused;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
