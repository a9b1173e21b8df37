/**
 * Fuzzes the REST API against its own specification by schemathesis: `deno task fuzz [examples per operation]`.
 *
 * Starts the whole of Pronoia on the demo source and a store of its own, on loopback; schemathesis comes from PyPI
 * into a virtual environment under the user's cache folder. Ends with 0 when no answer was a 5xx and every answer was
 * as documented.
 */
import { cacheFolder, exists } from "../tests/servers/_install.ts";
import { openStandalone } from "../tests/support/standalone.ts";

const VERSION = "4.32.5";

/** Beyond these checks: what JSON schema can't say (bounds in order, valid PromQL) is refused though it fits. */
const EXCLUDED_CHECKS = "positive_data_acceptance";

const [examples = "50"] = Deno.args;
const schemathesis = await requireSchemathesis();
await using standalone = await openStandalone();
Deno.exitCode = await run(schemathesis, [
  "run",
  `${standalone.url}/openapi.json`,
  "--checks=all",
  `--exclude-checks=${EXCLUDED_CHECKS}`,
  // The live feed has no end.
  "--exclude-operation-id=sla_streamEvents",
  "--phases=examples,coverage,fuzzing,stateful",
  `--max-examples=${examples}`,
  "--seed=1",
  "--continue-on-failure",
  "--warnings=off",
  "--request-timeout=20",
]);

async function requireSchemathesis(): Promise<string> {
  const folder = `${cacheFolder()}/schemathesis-${VERSION}`;
  const program = `${folder}/bin/schemathesis`;
  if (await exists(program)) return program;
  console.log("Bringing schemathesis from PyPI …");
  await runOrThrow("python3", ["-m", "venv", folder]);
  await runOrThrow(`${folder}/bin/pip`, ["install", "--quiet", `schemathesis==${VERSION}`]);
  return program;
}

async function runOrThrow(command: string, args: readonly string[]): Promise<void> {
  const code = await run(command, args);
  if (code !== 0) throw new Error(`Cannot fuzz as "${command} ${args.join(" ")}" ended with ${code}`);
}

/** In a folder of its own: schemathesis keeps what it found beside it. */
async function run(command: string, args: readonly string[]): Promise<number> {
  const cwd = await Deno.makeTempDir({ prefix: "pronoia-fuzz-" });
  try {
    const { code } = await new Deno.Command(command, { args: [...args], cwd, stdin: "null" }).spawn().status;
    return code;
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}
