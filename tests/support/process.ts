import { ok, strictEqual } from "node:assert/strict";

/** A Deno program under test, as a process of its own. */
export interface TestProcess extends AsyncDisposable {
  readonly pid: number;
  /** Waits for a line of standard output that matches; rejects if the process ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits for its end. */
  exit(): Promise<number>;
  kill(signal: Deno.Signal): void;
  /** Standard output so far. */
  output(): string;
  /** Standard error so far. */
  errors(): string;
}

/**
 * Starts a Deno program with the given arguments (permissions before its module; without any it may do all) and
 * nothing but the given environment and Deno's own folders.
 */
export function startProcess(args: readonly string[], env: Readonly<Record<string, string>>): TestProcess {
  const inherited = Object.fromEntries(
    ["PATH", "HOME", "DENO_DIR", "TMPDIR"].flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--cached-only", ...(args[0].startsWith("-") ? [] : ["--allow-all"]), ...args],
    env: { ...inherited, NO_COLOR: "1", ...env },
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  let errors = "";
  let ended = false;
  let changed = Promise.withResolvers<void>();
  const notify = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const reads = Promise.all([
    collect(child.stdout, (text) => {
      output += text;
      notify();
    }),
    collect(child.stderr, (text) => {
      errors += text;
    }),
  ]);
  const end = Promise.all([child.status, reads]).then(([status]) => {
    ended = true;
    notify();
    return status;
  });
  return {
    pid: child.pid,
    async line(pattern) {
      while (true) {
        for (const line of output.split("\n").slice(0, -1)) {
          const match = pattern.exec(line);
          if (match !== null) return match;
        }
        if (ended) throw new Error(`The process ended without a line ${pattern}:\n${output}\n${errors}`);
        await changed.promise;
      }
    },
    exit: async () => (await end).code,
    kill: (signal) => child.kill(signal),
    output: () => output,
    errors: () => errors,
    async [Symbol.asyncDispose]() {
      try {
        if (!ended) child.kill("SIGKILL");
      } catch {
        // It has ended, and what it said last is still being read.
      }
      await end;
    },
  };
}

/** Docker kills what has not ended so long after SIGTERM. */
const END_MAX_MS = 10_000;

/** Has a process end by SIGTERM: with 0, before it would be killed. */
export async function requireOrderlyEnd(process: TestProcess, name: string): Promise<void> {
  const startMs = performance.now();
  process.kill("SIGTERM");
  strictEqual(await process.exit(), 0, `${name}: ${process.output().slice(-2_000)}${process.errors()}`);
  const tookMs = performance.now() - startMs;
  ok(tookMs < END_MAX_MS, `${name} ended after ${tookMs} ms`);
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) take(text);
}
