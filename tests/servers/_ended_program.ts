/** Starts a process with a process of its own, says its pid, and waits to be ended. */
import { startProcess } from "./_process.ts";
import { endOnSignals } from "./end_on_signals.ts";

const folder = await Deno.makeTempDir({ prefix: "pronoia-ended-" });
endOnSignals(() => Deno.remove(folder));
// The second is in a session of its own, and neither ends on SIGTERM.
const server = startProcess("sh", [
  "-c",
  `trap '' TERM HUP INT; setsid sh -c "trap '' TERM HUP INT; echo deep \\$\\$; sleep 1000; true" & wait; sleep 1000`,
]);
while (!server.log().includes("deep")) await new Promise((resolve) => setTimeout(resolve, 10));
console.log(`started ${server.pid} ${/deep (\d+)/.exec(server.log())![1]} ${folder}`);
setInterval(() => {}, 1_000_000);
