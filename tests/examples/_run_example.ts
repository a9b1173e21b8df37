import { strictEqual } from "node:assert/strict";

/** How an example is run. */
export interface RunOptions {
  /** Those its first lines name. @default none */
  readonly permissions?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs an example as its first lines say; what it printed, on both outputs. Fails the test if it does not end with 0. */
export async function runExample(name: string, options: RunOptions = {}): Promise<string> {
  const { permissions = [], args = [], env = {} } = options;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, `examples/${name}.ts`, ...args],
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder().decode(stdout);
  const progress = new TextDecoder().decode(stderr);
  strictEqual(code, 0, `${text}\n${progress}`);
  return `${text}\n${progress}`;
}
