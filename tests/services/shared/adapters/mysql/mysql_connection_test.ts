import { match, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { openMysqlConnection } from "../../../../../services/shared/adapters/mysql/mysql_connection.ts";
import { readMysqlUrl } from "../../../../../services/shared/adapters/mysql/mysql_url.ts";
import { createResultReader } from "../../../../../services/shared/adapters/results/sql_result_reader.ts";
import { createResultWriter } from "../../../../../services/shared/adapters/results/sql_result_writer.ts";
import { openMariadb } from "../../../../servers/mariadb.ts";
import { requireUrl, serverTest } from "../../../../servers/server_tests.ts";
import { statisticsMessage } from "../../../../support/result_messages.ts";
import { dropDatabasesMade, runSql, urlOf } from "../../../../support/sql_databases.ts";

Deno.test("readMysqlUrl() reads every part, encoded or not", () => {
  const location = readMysqlUrl(
    `mysql://us%40er:p%2Fss@[::1]:3307/da%20ta?ssl=${encodeURIComponent('{"rejectUnauthorized":false}')}`,
  );
  strictEqual(
    JSON.stringify(location),
    '{"host":"::1","port":3307,"user":"us@er","password":"p/ss","database":"da ta","ssl":{"rejectUnauthorized":false}}',
  );
  strictEqual(readMysqlUrl("mysql://h/d").port, 3306);
  strictEqual(readMysqlUrl("mysql://h/d?ssl=true").ssl?.rejectUnauthorized, undefined);
});

for (
  const wrong of [
    "secret",
    "http://u:secret@h/d",
    "mysql://u:secret@h",
    "mysql://u:secret@h/a/b",
    "mysql://u:50%secret@h/d",
    "mysql://u:secret@h/d?tls=1",
    "mysql://u:secret@h/d?ssl=secret",
    'mysql://u:secret@h/d?ssl={"x":"secret"}',
  ]
) {
  Deno.test(`readMysqlUrl() refuses ${wrong} without repeating it`, () => {
    throws(
      () => readMysqlUrl(wrong),
      (error: Error) => error.name === "TypeError" && !/secret/.test(error.message),
    );
  });
}

Deno.test("openMysqlConnection() tells that a server is away, without its password", async () => {
  await using connection = openMysqlConnection({ url: "mysql://user:secret@127.0.0.1:1/none" });
  const attempts = [
    () => connection.ping(),
    () => connection.query("SELECT 1"),
    () => connection.transaction(() => Promise.resolve()),
  ];
  for (const attempt of attempts) {
    await rejects(attempt, (error: Error & { code?: string }) => {
      strictEqual(error.code, "unavailable");
      match(error.message, /^Cannot reach the database as the connection failed: .*ECONNREFUSED/);
      ok(!/secret/.test(Deno.inspect(error)));
      return true;
    });
  }
});

for (const server of ["mariadb", "mysql"] as const) {
  serverTest({ uses: [server] }, `${server}: a reader needs no right but SELECT`, async () => {
    const root = requireUrl(server);
    const name = `rights_${crypto.randomUUID().slice(0, 8)}`;
    const url = urlOf(root, name);
    await using writer = createResultWriter(openMysqlConnection({ url }));
    await writer.write([statisticsMessage()]);
    await runSql(root, [
      `CREATE USER '${name}'@'%' IDENTIFIED BY 'reader''s'`,
      `GRANT SELECT ON \`${name}\`.* TO '${name}'@'%'`,
    ]);
    const readerUrl = new URL(url);
    readerUrl.username = name;
    readerUrl.password = "reader's";
    {
      await using reader = createResultReader(openMysqlConnection({ url: readerUrl.href }));
      await reader.ping();
      ok(await reader.readSeries(statisticsMessage().series.id) !== null);
      await using intruder = createResultWriter(openMysqlConnection({ url: readerUrl.href }));
      await rejects(intruder.write([statisticsMessage()]), { name: "DomainError", code: "unavailable" });
      // A database that is missing is not made by who may not.
      readerUrl.pathname = "/other";
      await using other = createResultReader(openMysqlConnection({ url: readerUrl.href }));
      await rejects(other.ping(), (error: Error & { code?: string }) => {
        strictEqual(error.code, "unavailable");
        ok(!error.message.includes("reader's"));
        return true;
      });
    }
    await runSql(root, [`DROP USER '${name}'@'%'`]);
    await dropDatabasesMade(root);
  });

  serverTest({ uses: [server] }, `${server}: doubles, text and blobs come back exactly`, async () => {
    const root = requireUrl(server);
    await using connection = openMysqlConnection({
      url: urlOf(root, `exact_${crypto.randomUUID().slice(0, 8)}`),
    });
    await connection.execute(
      `CREATE TABLE \`t\` (\`id\` BIGINT PRIMARY KEY, \`v\` DOUBLE, \`s\` LONGTEXT, \`b\` LONGBLOB)${connection.dialect.tableEnd}`,
    );
    const bytes = Uint8Array.from({ length: 256 }, (_, k) => k);
    const text = "nul \u0000 日本 🚀 ' \" \\ \n";
    const values = Array.from({ length: 500 }, () => Math.random() * 100);
    for (const [k, value] of values.entries()) {
      await connection.execute("INSERT INTO `t` VALUES (?, ?, ?, ?)", [k, value, text, bytes]);
    }
    const rows = await connection.query<{ v: number; s: string; b: Uint8Array }>(
      "SELECT * FROM `t` ORDER BY `id`",
    );
    strictEqual(rows.filter(({ v }, k) => v !== values[k]).length, 0);
    strictEqual(rows[0].s, text);
    strictEqual([...rows[0].b].join(), [...bytes].join());
    await rejects(connection.execute("INSERT INTO `t` VALUES (?, ?, NULL, NULL)", [-1, NaN]), {
      code: "invalid",
    });
    await rejects(connection.execute("INSERT INTO `t` VALUES (0, 1, NULL, NULL)"), { code: "invalid" });
    await dropDatabasesMade(root);
  });

  serverTest({ uses: [server] }, `${server}: a transaction that loses a deadlock is run again`, async () => {
    const root = requireUrl(server);
    await using connection = openMysqlConnection({
      url: urlOf(root, `deadlock_${crypto.randomUUID().slice(0, 8)}`),
    });
    await connection.execute(
      `CREATE TABLE \`t\` (\`id\` BIGINT PRIMARY KEY, \`n\` BIGINT)${connection.dialect.tableEnd}`,
    );
    await connection.execute("INSERT INTO `t` VALUES (1, 0), (2, 0)");
    let runs = 0;
    const both = Promise.withResolvers<void>();
    const add = (first: number, second: number) =>
      connection.transaction(async (transaction) => {
        await transaction.execute("UPDATE `t` SET `n` = `n` + 1 WHERE `id` = ?", [first]);
        if (++runs === 2) both.resolve();
        await both.promise;
        await transaction.execute("UPDATE `t` SET `n` = `n` + 1 WHERE `id` = ?", [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    ok(runs > 2, "there was a deadlock");
    strictEqual((await connection.query("SELECT * FROM `t` WHERE `n` = 2")).length, 2);
    await dropDatabasesMade(root);
  });
}

serverTest(
  { uses: ["mysql"] },
  "openMysqlConnection() speaks TLS and judges certificates unless told not to",
  async () => {
    const root = requireUrl("mysql");
    const url = urlOf(root, `tls_${crypto.randomUUID().slice(0, 8)}`);
    const trusting = encodeURIComponent('{"rejectUnauthorized":false}');
    await using encrypted = openMysqlConnection({ url: `${url}?ssl=${trusting}` });
    const [row] = await encrypted.query<{ Value: string }>("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    match(row.Value, /^(?:TLS|ECDHE)/);
    // The server's certificate is of its own making.
    await using strict = openMysqlConnection({ url: `${url}?ssl=true` });
    await rejects(strict.ping(), { name: "DomainError", code: "unavailable" });
    await dropDatabasesMade(root);
  },
);

serverTest(
  { starts: ["mariadb"] },
  "openMysqlConnection() gives up on a server that stopped answering, and recovers",
  async () => {
    await using mariadb = await openMariadb();
    await using connection = openMysqlConnection({ url: `${mariadb.url}frozen`, statementTimeoutMs: 500 });
    const unavailable = { name: "DomainError", code: "unavailable" };
    // Two connections: what is under way when the server stops, and what comes then.
    await Promise.all([connection.ping(), connection.ping()]);
    try {
      await rejects(
        connection.transaction(() => mariadb.freeze()),
        { ...unavailable, message: /no answer within 500 ms/ },
      );
      // Never asked before, so it is to be prepared first.
      await rejects(connection.query("SELECT 2"), unavailable);
      await rejects(connection.ping(), unavailable);
    } finally {
      mariadb.thaw();
    }
    await connection.ping();
    await mariadb.stop("SIGKILL");
    await rejects(connection.ping(), { code: "unavailable" });
    await mariadb.start();
    await connection.ping();
  },
);
