/** Rounds of looking for processes that were started while others were being stopped. */
const ROUNDS_MAX = 20;

/**
 * Ends every process this one started, and those that they started: at once, as their data are for the tests alone.
 *
 * They are stopped first, round by round until no new ones are seen: one that ends leaves what it just started
 * without a parent, and so out of sight. Found by `/proc`: elsewhere than on Linux nothing is.
 */
export async function endDescendants(): Promise<void> {
  const stopped = new Set<number>();
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const found = (await descendants()).filter((pid) => !stopped.has(pid));
    if (found.length === 0) break;
    for (const pid of found) {
      send(pid, "SIGSTOP");
      stopped.add(pid);
    }
  }
  for (const pid of stopped) send(pid, "SIGKILL");
}

/** All below this process; a shell reads `/proc`, as Deno lets only those do that who may do all. */
async function descendants(): Promise<readonly number[]> {
  const shell = new Deno.Command("sh", {
    args: ["-c", "cat /proc/[0-9]*/stat"],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const { stdout } = await shell.output();
  const children = new Map<number, number[]>();
  // Number, name in parentheses (which may hold anything), state, number of the parent.
  for (const [, pid, parent] of new TextDecoder().decode(stdout).matchAll(/^(\d+) \(.*\) \S (\d+) /gm)) {
    // The shell itself has ended by now, and what it started with it.
    if (Number(pid) === shell.pid) continue;
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(pid)]);
  }
  const found: number[] = [];
  for (let next = [Deno.pid]; next.length > 0;) {
    next = next.flatMap((pid) => children.get(pid) ?? []);
    found.push(...next);
  }
  return found;
}

function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
