import { run } from "./_process.ts";

/** The folder of the user where what is fetched once for the tests stays. */
export function cacheFolder(): string {
  const base = Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME") ?? "/tmp"}/.cache`;
  return `${base}/pronoia`;
}

/** The path of a program, or `undefined` where there is none. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = `${Deno.env.get("PATH") ?? ""}:/usr/sbin:/sbin:/usr/bin`.split(":");
  for (const folder of folders) {
    if (folder !== "" && await exists(`${folder}/${name}`)) return `${folder}/${name}`;
  }
  return undefined;
}

/** Whether there is a file or folder of that path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** Whether packages may be installed here: root on a Debian or Ubuntu. */
export async function mayInstall(): Promise<boolean> {
  return Deno.uid() === 0 && await findProgram("apt-get") !== undefined;
}

/**
 * The path of a program, installed from its Debian package when missing.
 *
 * @throws {Error} If it is missing and may not be installed, in words a developer can act on.
 */
export async function requireProgram(name: string, debianPackage: string): Promise<string> {
  const found = await findProgram(name);
  if (found !== undefined) return found;
  if (!await mayInstall()) {
    throw new Error(
      `Cannot find "${name}" as it is not installed: on Debian or Ubuntu it is in ${debianPackage}`,
    );
  }
  await installPackages([debianPackage]);
  const installed = await findProgram(name);
  if (installed === undefined) throw new Error(`Cannot find "${name}" as ${debianPackage} does not bring it`);
  return installed;
}

/** Installs Debian packages, without starting the services they bring. */
async function installPackages(packages: readonly string[]): Promise<void> {
  // One apt-get at a time: servers are prepared side by side.
  installing = installing.then(async () => {
    const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    if (!updated) await run("apt-get", ["update", "-qq"], { env });
    updated = true;
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
  });
  await installing;
}

let installing: Promise<void> = Promise.resolve();
let updated = false;
