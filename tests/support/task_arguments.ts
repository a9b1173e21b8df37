const ROOT = new URL("../../", import.meta.url).pathname;
const TASKS: Record<string, string | { command: string }> =
  JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`)).tasks;

/**
 * What `deno run` gets from a task of deno.json, so that its permissions are what is tested; paths no longer depend on
 * the folder the tests run in, and what it writes goes to `folder`.
 */
export function taskArguments(name: string, folder = ROOT): string[] {
  const task = TASKS[name];
  const command = typeof task === "string" ? task : task.command;
  // The last program of a task is the process itself.
  return command.slice(command.lastIndexOf("deno run ")).split(" ").slice(2).map((argument) => {
    if (argument.startsWith("--allow-read=")) {
      return argument.replace("=.", `=${ROOT},${folder}`).replace(",$DATA", "");
    }
    if (argument.startsWith("--preload=")) return argument.replace("=", `=${ROOT}`);
    if (argument.startsWith("--allow-write=")) return `--allow-write=${folder}`;
    return argument.startsWith("-") ? argument : ROOT + argument;
  });
}
