/**
 * Runs the tests: `deno task test` all of them with the real servers they need, `deno task test:unit` those that need
 * none. Ends with the line `N passed, N failed`.
 *
 * Paths given as arguments run these tests alone, with servers.
 */
import { openTestServers } from "./servers/all.ts";
import { endOnSignals } from "./servers/end_on_signals.ts";

interface Phase {
  readonly title: string;
  readonly args: readonly string[];
}

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * These tests start processes and look into `/proc`, which Deno gives only to those who may do all. Their types are
 * checked beforehand: those of a worker would be when it is first started, in the midst of a test.
 */
const SYSTEM = ["--allow-all", "--no-check"];

/** The library's tests get no permission: that proves that it is pure. */
const ANALYTICS: Phase = {
  title: "library, without any permission",
  args: ["--parallel", "tests/analytics"],
};
const EXAMPLES: Phase = {
  title: "examples in the documentation",
  args: ["--doc", "mod.ts", "analytics", "README.md", "docs"],
};
const SERVICES: Phase = {
  title: "services",
  args: [...SYSTEM, "--ignore=tests/analytics,tests/browser", "tests"],
};
const BROWSER: Phase = { title: "pages, in a real browser", args: [...SYSTEM, "tests/browser"] };

const unitOnly = Deno.args[0] === "unit";
const paths = unitOnly ? [] : Deno.args;
const inCi = Deno.env.get("CI") === "true";
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
await using opened = new AsyncDisposableStack();
const ending = endOnSignals(() => opened.disposeAsync());

if (unitOnly) {
  await checkTypes();
  for (const phase of [ANALYTICS, EXAMPLES, SERVICES]) await runPhase(phase, {});
} else {
  const phases = paths.length > 0
    ? [{ title: paths.join(" "), args: [...SYSTEM, ...paths] }]
    : [ANALYTICS, EXAMPLES, SERVICES, BROWSER];
  await checkTypes();
  console.log("Bringing up Kafka, MariaDB, MySQL, Prometheus and what else the tests need …");
  const servers = await openTestServers(opened);
  for (const { server, reason } of servers.missing) {
    console.error(`NOT TESTED: everything that needs ${server}. ${reason}`);
    if (inCi) tally.failed++;
  }
  for (const phase of phases) await runPhase(phase, servers.environment);
}
if (tally.skipped > 0) console.log(`${tally.skipped} skipped, for want of the servers named above them`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
Deno.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;

async function checkTypes(): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), { args: ["check", "--quiet", "tests"] }).spawn()
    .status;
  if (!success) tally.failed++;
}

async function runPhase(phase: Phase, environment: Readonly<Record<string, string>>): Promise<void> {
  if (ending.aborted) return;
  console.log(`\n== ${phase.title}`);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-prompt", ...phase.args],
    env: { ...environment, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let tail = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    await Deno.stdout.write(new TextEncoder().encode(text));
    tail = (tail + text).slice(-2_000);
  }
  const { success } = await child.status;
  // deno test closes with: ok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)
  const counts = [...tail.matchAll(/^(?:ok|FAILED) \| (\d+) passed.*$/gm)].at(-1)?.[0] ?? "";
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(counts)?.[1] ?? 0);
  tally.passed += count("passed");
  // A run that ended without counting, as on a type error, is a failure too.
  tally.failed += Math.max(count("failed"), success ? 0 : 1);
  tally.skipped += count("ignored");
}
