import { cacheFolder, exists, findProgram, mayInstall, requireProgram } from "./_install.ts";
import { freePort, run } from "./_process.ts";
import { debianMirror } from "./_sid_program.ts";
import { type SqlServer, startSqlServer } from "./_sql_server.ts";

/**
 * Brings the real MySQL: the installed one, or as root on Debian the one of the `sid` suite in a folder of its own
 * (about 40 s and 700 MB, once).
 *
 * @returns The folder to change root to, or `null` when `mysqld` is installed here.
 */
export async function prepareMysql(): Promise<string | null> {
  if (await findProgram("mysqld") !== undefined && !await isMariadb()) return null;
  if (!await mayInstall()) throw new Error(`Cannot find "mysqld" as MySQL is not installed`);
  const root = `${cacheFolder()}/mysql-sid`;
  if (await exists(`${root}/complete`)) return root;
  await requireProgram("debootstrap", "debootstrap");
  const mirror = await debianMirror();
  if (await exists(root)) await Deno.remove(root, { recursive: true });
  await Deno.mkdir(root, { recursive: true });
  await run("debootstrap", ["--variant=minbase", "sid", root, mirror]);
  await Deno.writeTextFile(`${root}/etc/apt/sources.list`, `deb ${mirror} sid main\n`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("chroot", [root, "apt-get", "-o", "Acquire::Check-Valid-Until=false", "update"], { env });
  await run("chroot", [root, "apt-get", "install", "-y", "--no-install-recommends", "mysql-server-core"], {
    env,
  });
  await Deno.writeTextFile(`${root}/complete`, "");
  return root;
}

/** Starts a MySQL of its own; about 6 s. */
export async function openMysql(): Promise<SqlServer> {
  const root = await prepareMysql();
  // The server sees paths below its own root, we see them below ours.
  const inside = `/tmp/pronoia-mysql-${crypto.randomUUID()}`;
  const folder = `${root ?? ""}${inside}`;
  await Deno.mkdir(folder, { recursive: true });
  const [command, before] = root === null ? ["mysqld", []] : ["chroot", [root, "/usr/sbin/mysqld"]];
  const common = [
    ...before,
    "--no-defaults",
    ...(Deno.uid() === 0 ? ["--user=root"] : []),
    `--datadir=${inside}/data`,
  ];
  await run(command, [...common, "--initialize-insecure"]);
  const port = freePort();
  return startSqlServer({
    name: "MySQL",
    port,
    command,
    folder,
    args: [
      ...common,
      `--socket=${inside}/socket`,
      `--pid-file=${inside}/pid`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      "--mysqlx=OFF",
      "--secure-file-priv=NULL",
    ],
  });
}

/** MariaDB also installs a program of that name. */
async function isMariadb(): Promise<boolean> {
  const { stdout } = await new Deno.Command("mysqld", { args: ["--no-defaults", "--version"] }).output();
  return new TextDecoder().decode(stdout).includes("MariaDB");
}
