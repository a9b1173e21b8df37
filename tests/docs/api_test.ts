import { ok, strictEqual } from "node:assert/strict";
import { findProgram } from "../servers/_install.ts";
import { openFilledStandalone, openStandalone } from "../support/standalone.ts";

const CURL = await findProgram("curl");
const BASH = await findProgram("bash");

/** Fails on every refusal; of a stream the first second is enough. */
const PRELUDE = `set -euo pipefail
curl() {
  case "$*" in
    */events/stream*) command curl --max-time 1 "$@" || test $? -eq 28 ;;
    *) command curl --fail-with-body "$@" ;;
  esac
}
`;

Deno.test({
  name: "docs/api.md: every command works as it stands there",
  ignore: CURL === undefined || BASH === undefined,
  fn: async () => {
    await using standalone = await openFilledStandalone();
    const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
    const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block);
    const script = blocks.join("\n").replace("API=http://localhost:8080", `API=${standalone.url}`);
    ok(script.includes(standalone.url));
    // Each command is told before it runs, so that a failure names it.
    const { code, stderr, stdout } = await new Deno.Command(BASH!, {
      args: ["-x", "-c", PRELUDE + script],
      env: { NO_PROXY: "127.0.0.1" },
    }).output();
    const tail = (bytes: Uint8Array) => new TextDecoder().decode(bytes).slice(-1_500);
    strictEqual(code, 0, `${tail(stderr)}\n${tail(stdout)}`);
  },
});

Deno.test("docs/api.md shows answers with fields that are there", async () => {
  await using standalone = await openStandalone();
  const document = await (await fetch(`${standalone.url}/openapi.json`)).text();
  const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  const answers = [...text.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, block]) => block);
  ok(answers.length > 5);
  for (const answer of answers) {
    JSON.parse(answer, (key, value) => {
      ok(key === "" || /^\d+$/.test(key) || document.includes(`"${key}":`), `"${key}" of ${answer}`);
      return value;
    });
  }
});

Deno.test("docs/api.md names every operation", async () => {
  await using standalone = await openStandalone();
  const { paths } = await (await fetch(`${standalone.url}/openapi.json`)).json();
  const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  const said = text.replaceAll(/\$(?:ID|SLA|CYCLE)\b/g, "{id}");
  const missing = Object.keys(paths).filter((path) =>
    !new RegExp(`\\$API${path.replace(/[{}]/g, "\\$&")}["? ]`).test(said)
  );
  strictEqual(missing.join("\n"), "");
});
