import { strictEqual } from "node:assert/strict";
import { prepareStore } from "../../../services/data_storage/prepare_store.ts";
import { openResultWriter } from "../../../services/shared/adapters/open_store.ts";
import { FakeClock } from "../../support/fake_clock.ts";

Deno.test("prepareStore() tries again until the store answers", async () => {
  const clock = new FakeClock();
  let tries = 0;
  await using writer = await openResultWriter({ sqlitePath: ":memory:" });
  const late = Object.assign(Object.create(writer), {
    ping: () => ++tries < 3 ? Promise.reject(new Error("not yet")) : writer.ping(),
  });
  const prepared = prepareStore({ writer: late, clock, signal: new AbortController().signal });
  await clock.advance(5_000);
  await prepared;
  strictEqual(tries, 3);
});
