const ROOT = new URL("../../", import.meta.url).pathname;

interface Config {
  readonly tasks: Readonly<Record<string, { readonly command: string }>>;
  readonly permissions: Readonly<Record<string, { readonly read: readonly string[] }>>;
}

const { tasks, permissions }: Config = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`));

/**
 * What `deno run` gets from a task of deno.json, so that its permissions are what is tested; paths no longer depend
 * on the folder the tests run in, `folder` may be read, and what it writes goes there.
 */
export function taskArguments(name: string, folder = ROOT): string[] {
  const { command } = tasks[name];
  // The last program of a task is the process itself.
  const args = command.slice(command.lastIndexOf("deno run ")).split(" ").slice(2);
  return args.flatMap((argument) => {
    if (argument.startsWith("-P=") && folder !== ROOT) {
      const readable = permissions[argument.slice("-P=".length)].read;
      return [argument, `--allow-read=${[ROOT, folder, ...readable.slice(1)]}`];
    }
    if (argument.startsWith("--allow-read=")) return [];
    if (argument.startsWith("--allow-write=")) return [`--allow-write=${folder}`];
    if (argument.startsWith("--preload=")) return [argument.replace("=", `=${ROOT}`)];
    return [argument.startsWith("-") ? argument : ROOT + argument];
  });
}
