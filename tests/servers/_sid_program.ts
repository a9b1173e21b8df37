import { cacheFolder, exists } from "./_install.ts";
import { run } from "./_process.ts";

/** Where newer programs than the machine's own suite has are. */
const SUITE = "sid";

/**
 * The path of a program out of a package of Debian's `sid` suite, unpacked into the cache folder and not installed;
 * no need to be root. For programs that need little but the C library, as those written in Go.
 *
 * @throws {Error} If it can't be fetched here.
 */
export async function fetchSidProgram(path: string, debianPackage: string): Promise<string> {
  const folder = `${cacheFolder()}/${debianPackage}-${SUITE}`;
  const program = `${folder}/root/${path}`;
  if (await exists(`${folder}/complete`)) return program;
  const mirror = await debianMirror();
  if (await exists(folder)) await Deno.remove(folder, { recursive: true });
  for (const each of ["state/lists/partial", "cache/archives/partial", "root"]) {
    await Deno.mkdir(`${folder}/${each}`, { recursive: true });
  }
  await Deno.writeTextFile(`${folder}/sources.list`, `deb ${mirror} ${SUITE} main\n`);
  // Lists and settings of its own: what is installed on the machine stays as it is.
  const settings = [
    `Dir::State=${folder}/state`,
    "Dir::State::status=/var/lib/dpkg/status",
    `Dir::Cache=${folder}/cache`,
    `Dir::Etc::SourceList=${folder}/sources.list`,
    "Dir::Etc::SourceParts=/dev/null",
    "Acquire::Check-Valid-Until=false",
    "Acquire::Languages=none",
    ...(Deno.uid() === 0 ? ["APT::Sandbox::User=root"] : []),
  ].flatMap((setting) => ["-o", setting]);
  await run("apt-get", [...settings, "-qq", "update"]);
  await run("apt-get", [...settings, "-qq", "download", debianPackage], { cwd: folder });
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".deb")) await run("dpkg-deb", ["-x", `${folder}/${name}`, `${folder}/root`]);
  }
  await run(program, ["--version"]);
  for (const each of ["state", "cache"]) await Deno.remove(`${folder}/${each}`, { recursive: true });
  await Deno.writeTextFile(`${folder}/complete`, "");
  return program;
}

/** The mirror this machine's own package sources name. */
export async function debianMirror(): Promise<string> {
  const folder = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list"];
  if (await exists(folder)) {
    for await (const entry of Deno.readDir(folder)) files.push(`${folder}/${entry.name}`);
  }
  for (const file of files) {
    if (!await exists(file)) continue;
    const match = /^(?:deb\s+(?:\[.*?\]\s+)?|URIs:\s*)(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(
      await Deno.readTextFile(file),
    );
    if (match !== null) return match[1];
  }
  throw new Error("Cannot fetch a newer program as the package sources name no Debian mirror");
}
