/**
 * Writes the types of the client from the document of all services: `deno task client`.
 *
 * A test holds the committed file against a fresh one.
 */
import { openStandalone } from "../tests/support/standalone.ts";

/** It runs beside the project: its packages have no place among those of a first start. */
const GENERATOR = "npm:openapi-typescript@7.13.0";

const HEADER = `// deno-lint-ignore-file -- generated: names and shape are openapi-typescript's
// Written by "deno task client" from the document of all services; never by hand.
`;

/** Where the types are kept. */
export const SCHEMA_FILE: URL = new URL("../client/schema.ts", import.meta.url);

/** The types of every route, from a document as the services write it. */
export async function generateSchema(document: string): Promise<string> {
  const file = await Deno.makeTempFile({ prefix: "pronoia-openapi-", suffix: ".json" });
  try {
    await Deno.writeTextFile(file, document);
    const generated = await run([
      ...["run", "--quiet", "--no-lock", "--no-config", "--allow-read", "--ignore-env", GENERATOR],
      ...[file, "--alphabetize", "--empty-objects-unknown", "--default-non-nullable=false"],
    ]);
    await Deno.writeTextFile(`${file}.ts`, HEADER + generated);
    await run(["fmt", "--quiet", "--no-config", "--line-width=110", `${file}.ts`]);
    return await Deno.readTextFile(`${file}.ts`);
  } finally {
    await Deno.remove(file);
    await Deno.remove(`${file}.ts`).catch(() => {});
  }
}

async function run(args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(`Cannot write the client's types: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

if (import.meta.main) {
  await using standalone = await openStandalone();
  const document = await (await fetch(`${standalone.url}/openapi.json`)).text();
  await Deno.writeTextFile(SCHEMA_FILE, await generateSchema(document));
}
