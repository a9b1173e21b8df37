import { strictEqual } from "node:assert/strict";

/** How an example is run. */
export interface RunOptions {
  /** Those its first lines name. @default none */
  readonly permissions?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it ends with. @default 0 */
  readonly expectedCode?: number;
}

/** Runs an example as its first lines say; what it printed, on both outputs. Fails the test if it ends otherwise. */
export async function runExample(name: string, options: RunOptions = {}): Promise<string> {
  const { permissions = [], args = [], env = {}, expectedCode = 0 } = options;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, `examples/${name}.ts`, ...args],
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder().decode(stdout);
  const progress = new TextDecoder().decode(stderr);
  strictEqual(code, expectedCode, `${text}\n${progress}`);
  return `${text}\n${progress}`;
}
