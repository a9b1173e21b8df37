import { connect } from "node:net";
import { until } from "../support/until.ts";

/** A server process of ours: started with its log captured, ended whatever happens. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  /** The last lines it printed, for error messages. */
  log(): string;
  /** Sends a signal and waits for the end. */
  end(signal?: Deno.Signal): Promise<void>;
  /** Stops it where it is, and waits until every thread has: one that runs on may answer once more. */
  freeze(): Promise<void>;
  /** Lets it go on after {@linkcode freeze}. */
  thaw(): void;
}

/** Most characters of a server's output that are kept. */
const LOG_CHARACTERS_MAX = 20_000;

/** How long a server may take to end on SIGTERM before it is killed. */
const END_GRACE_MS = 15_000;

/** Starts a command; nothing of this process's environment but PATH and HOME reaches it. */
export function startProcess(command: string, args: readonly string[]): ServerProcess {
  const child = new Deno.Command(command, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "/usr/bin", HOME: Deno.env.get("HOME") ?? "/tmp" },
  }).spawn();
  let log = "";
  const drains = [child.stdout, child.stderr].map(async (stream) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      log = (log + text).slice(-LOG_CHARACTERS_MAX);
    }
  });
  let ended = false;
  const status = child.status.then(() => {
    ended = true;
  });
  function send(signal: Deno.Signal): void {
    try {
      if (!ended) child.kill(signal);
    } catch {
      // It has ended just now.
    }
  }
  async function end(signal: Deno.Signal = "SIGTERM"): Promise<void> {
    send(signal);
    const grace = setTimeout(() => send("SIGKILL"), END_GRACE_MS);
    await status;
    clearTimeout(grace);
    await Promise.all(drains);
  }
  async function freeze(): Promise<void> {
    child.kill("SIGSTOP");
    await until(() => isStopped(child.pid), `the standstill of ${command}`);
  }
  return {
    pid: child.pid,
    log: () => log,
    end,
    freeze,
    thaw: () => child.kill("SIGCONT"),
    [Symbol.asyncDispose]: () => end(),
  };
}

/** Whether all threads of a process stand still, as Linux tells: the letter after the name in parentheses. */
function isStopped(pid: number): boolean {
  return [...Deno.readDirSync(`/proc/${pid}/task`)].every(({ name }) =>
    /\) T [^)]*$/.test(Deno.readTextFileSync(`/proc/${pid}/task/${name}/stat`))
  );
}

/** Runs a command to its end; its output becomes the error when it fails. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  const output = await new Deno.Command(command, {
    args: [...args],
    cwd: options.cwd,
    env: options.env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (output.success) return;
  const said = new TextDecoder().decode(output.stderr) + new TextDecoder().decode(output.stdout);
  throw new Error(
    `Cannot run ${command} ${args.join(" ")} as it ended with ${output.code}: ${said.slice(-2_000)}`,
  );
}

/** Where and with what a command runs. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

const handedOut = new Set<number>();

/**
 * A loopback port that is free now, given once.
 *
 * It is below those that outgoing connections get: a client that calls a stopped server again and again could be
 * given its very port, and would meet itself where the server cannot start any more.
 */
export function freePort(): number {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    if (handedOut.has(port)) continue;
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
    } catch (error) {
      if (error instanceof Deno.errors.AddrInUse) continue;
      throw error;
    }
    handedOut.add(port);
    return port;
  }
  throw new Error("Cannot find a free port as 1,000 in a row were taken");
}

/** Waits until `ready` resolves to true, asking ten times a second; what hangs fails loudly with the server's log. */
export async function untilReady(
  what: string,
  ready: () => Promise<boolean>,
  options: { readonly timeoutMs?: number; readonly log?: () => string } = {},
): Promise<void> {
  const { timeoutMs = 180_000, log = () => "" } = options;
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if (await ready().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Cannot start ${what} as it did not answer within ${timeoutMs} ms: ${log().slice(-3_000)}`);
}

/** Whether something accepts connections there. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

/** Whether an HTTP GET is answered with 2xx. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok;
}
