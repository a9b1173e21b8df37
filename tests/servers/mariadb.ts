import { requireProgram } from "./_install.ts";
import { freePort, run } from "./_process.ts";
import { type SqlServer, startSqlServer } from "./_sql_server.ts";
import type { Certificates } from "./certificates.ts";

/** Brings the server's programs. */
export async function prepareMariadb(): Promise<string> {
  return await requireProgram("mariadbd", "mariadb-server");
}

/** Starts a MariaDB of its own; about 2 s. With certificates it takes nobody without TLS. */
export async function openMariadb(
  { certificates }: { readonly certificates?: Certificates } = {},
): Promise<SqlServer> {
  const command = await prepareMariadb();
  const folder = await Deno.makeTempDir({ prefix: "pronoia-mariadb-" });
  const user = Deno.uid() === 0 ? ["--user=root"] : [];
  await run("mariadb-install-db", [
    "--no-defaults",
    `--datadir=${folder}/data`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    ...user,
  ]);
  const port = freePort();
  return startSqlServer({
    name: "MariaDB",
    port,
    command,
    folder,
    args: [
      "--no-defaults",
      ...user,
      `--datadir=${folder}/data`,
      `--socket=${folder}/socket`,
      `--pid-file=${folder}/pid`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      ...(certificates === undefined ? [] : [
        `--ssl-cert=${certificates.certificateFile}`,
        `--ssl-key=${certificates.keyFile}`,
        "--require-secure-transport=ON",
      ]),
    ],
  });
}
