import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { findProgram } from "../servers/_install.ts";
import { openFilledStandalone } from "../support/standalone.ts";

const CURL = await findProgram("curl");
const BASH = await findProgram("bash");

/** What Prometheus itself writes of whatever it scrapes. */
const EVERYWHERE = ["up", "scrape_duration_seconds", "scrape_samples_scraped"];

const read = (path: string): Promise<string> => Deno.readTextFile(new URL(`../../${path}`, import.meta.url));

for (const path of ["README.md", "docs/api.md"]) {
  Deno.test(`${path}: the first promise is of what every Prometheus has`, async () => {
    const [, expression] = /"expression": "([^"]*)"/.exec(await read(path)) ?? [];
    ok(EVERYWHERE.includes(expression), expression);
  });
}

Deno.test({
  name: "README.md: the promises and questions of the start work as they stand there",
  ignore: CURL === undefined || BASH === undefined,
  fn: async () => {
    await using standalone = await openFilledStandalone();
    const [, block] = /^Promise something[^]*?^```sh\n([^]*?)^```$/m.exec(await read("README.md"))!;
    const script = block.replaceAll("localhost:8080", standalone.url).replaceAll("curl ", "curl -f ");
    const { code, stderr } = await new Deno.Command(BASH!, {
      args: ["-xeuo", "pipefail", "-c", script],
      env: { NO_PROXY: "127.0.0.1" },
    }).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
    const { items } = await (await fetch(`${standalone.url}/sla/slas/status`)).json();
    deepStrictEqual(items.map(({ state }: { state: string }) => state), ["ok", "ok"]);
  },
});
