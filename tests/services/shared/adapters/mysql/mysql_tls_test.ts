import { match, ok, rejects, strictEqual } from "node:assert/strict";
import { openMysqlConnection } from "../../../../../services/shared/adapters/mysql/mysql_connection.ts";
import { makeCertificates } from "../../../../servers/certificates.ts";
import { openMariadb } from "../../../../servers/mariadb.ts";
import { openMysql } from "../../../../servers/mysql.ts";
import { serverTest } from "../../../../servers/server_tests.ts";

/** The cipher of the connection, or why there is none. */
async function cipherOf(url: string, caFile?: string): Promise<string> {
  await using connection = openMysqlConnection({ url, caFile });
  const [row] = await connection.query<{ Value: string }>("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
  return row.Value;
}

const ssl = (value: object) => `?ssl=${encodeURIComponent(JSON.stringify(value))}`;

serverTest(
  { starts: ["mariadb"] },
  "openMysqlConnection() trusts who MYSQL_CA_FILE names, and a certificate of that host alone",
  async () => {
    await using certificates = await makeCertificates();
    await using others = await makeCertificates();
    await using elsewhere = await makeCertificates("DNS:elsewhere.example");
    {
      await using server = await openMariadb({ certificates });
      const url = `${server.url.replace("127.0.0.1", "localhost")}tls`;
      for (const options of ["", "?ssl=true"]) {
        match(await cipherOf(url + options, certificates.caFile), /^TLS/);
      }
      const unavailable = { name: "DomainError", code: "unavailable" };
      const untrusted = {
        ...unavailable,
        message: /no trusted authority signed its certificate, MYSQL_CA_FILE/,
      };
      await rejects(cipherOf(`${url}?ssl=true`), untrusted);
      await rejects(cipherOf(url, others.caFile), untrusted);
      await rejects(cipherOf(url), { ...unavailable, message: /if it asks for TLS: MYSQL_CA_FILE/ });
    }
    await using server = await openMariadb({ certificates: elsewhere });
    const url = `${server.url.replace("127.0.0.1", "localhost")}tls`;
    await rejects(cipherOf(url, elsewhere.caFile), { code: "unavailable", message: /elsewhere\.example/ });
    // Who knows what they do may say so.
    match(await cipherOf(url + ssl({ verifyIdentity: false }), elsewhere.caFile), /^TLS/);
    match(await cipherOf(url + ssl({ rejectUnauthorized: false })), /^TLS/);
  },
);

serverTest(
  { starts: ["mysql"] },
  "openMysqlConnection() says that MySQL asks for TLS, and goes on once it is not asked for",
  async () => {
    await using server = await openMysql();
    const url = `${server.url}tls`;
    await using administrator = openMysqlConnection({ url });
    await administrator.execute("SET GLOBAL require_secure_transport = ON");
    await using connection = openMysqlConnection({ url });
    for (let attempt = 0; attempt < 2; attempt++) {
      await rejects(connection.ping(), (error: Error & { code?: string }) => {
        strictEqual(error.code, "unavailable");
        match(error.message, /insecure transport are prohibited.*MYSQL_CA_FILE/);
        return true;
      });
    }
    ok(/^TLS/.test(await cipherOf(url + ssl({ rejectUnauthorized: false }))));
    await administrator.execute("SET GLOBAL require_secure_transport = OFF");
    await connection.ping();
  },
);
