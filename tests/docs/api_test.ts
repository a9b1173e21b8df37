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

/** What the answers shown are answers to, in their order. */
const SHOWN: readonly string[] = [
  "/retrieval/series/$ID/metadata",
  "/retrieval/series/$ID/statistics?window=3h",
  "/retrieval/series/$ID/forecast",
  "/retrieval/series/$ID/accuracy",
  "/sla/slas/$SLA/status",
  "/sla/slas/$SLA/violations?window=12h",
  "/sla/slas/$SLA/prediction",
  "POST /sla/slas",
];

Deno.test("docs/api.md shows answers as they are: fields, their order and types", async () => {
  await using standalone = await openFilledStandalone();
  const ask = async (path: string, body?: object) => {
    const init = body && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    return await (await fetch(standalone.url + path, init)).json();
  };
  const { items: [{ id }] } = await ask("/retrieval/series?name=rabbitmq_queue_messages");
  const sla = await ask("/sla/slas", { name: "queue", expression: "rabbitmq_queue_messages", max: 100 });
  const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  const answers = [...text.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, block]) => JSON.parse(block));
  strictEqual(answers.length, SHOWN.length);
  for (const [i, path] of SHOWN.entries()) {
    const actual = path.startsWith("POST ")
      ? await ask(path.slice(5), { name: "wrong", expression: "up", max: "four", colour: "red" })
      : await ask(path.replace("$ID", id).replace("$SLA", sla.id));
    strictEqual(differences(answers[i], actual, path).join("\n"), "");
  }
});

/**
 * What of the answer shown the actual one does not have, has elsewhere, or as another type; `null` may stand for any.
 */
function differences(shown: unknown, actual: unknown, at: string): string[] {
  if (shown === null || actual === null) return [];
  if (Array.isArray(shown) && Array.isArray(actual)) {
    return shown.length > 0 && actual.length > 0 ? differences(shown[0], actual[0], `${at}[0]`) : [];
  }
  if (typeof shown !== typeof actual) return [`${at}: shown as ${typeof shown}, is ${typeof actual}`];
  if (typeof shown !== "object") return [];
  const [has, is] = [actual as Record<string, unknown>, shown as Record<string, unknown>];
  const order = Object.keys(has).filter((key) => key in is).join(", ");
  const found = Object.keys(is).filter((key) => !(key in has)).map((key) => `${at}.${key}: is not there`);
  if (found.length === 0 && order !== Object.keys(is).join(", ")) found.push(`${at}: the order is ${order}`);
  return [...found, ...Object.keys(is).flatMap((key) => differences(is[key], has[key], `${at}.${key}`))];
}

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
