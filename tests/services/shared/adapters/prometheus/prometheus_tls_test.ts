import { match, ok, rejects, strictEqual } from "node:assert/strict";
import {
  openPrometheusSource,
  type PrometheusSourceOptions,
} from "../../../../../services/shared/adapters/prometheus/prometheus_source.ts";
import { systemClock } from "../../../../../services/shared/runtime/clock.ts";
import { type Certificates, makeCertificates } from "../../../../servers/certificates.ts";
import { openPrometheus } from "../../../../servers/prometheus.ts";
import { serverTest } from "../../../../servers/server_tests.ts";
import { reasonOf } from "../../../../support/reason_of.ts";
import { openStubPrometheus } from "../../../../support/stub_prometheus.ts";

const PASSWORD = "open sesame";
/** The password by bcrypt, as Prometheus wants it. */
const HASH = "$2b$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";

const serving = ({ certificateFile, keyFile }: Certificates) => ({
  tls_server_config: { cert_file: certificateFile, key_file: keyFile },
});

/** Asks once; the reason why it is not ready, "" if it is. */
async function sourceReason(options: Omit<PrometheusSourceOptions, "clock">): Promise<string> {
  await using source = openPrometheusSource({ clock: systemClock, ...options });
  return await reasonOf(source, PASSWORD);
}

serverTest(
  { starts: ["prometheus"] },
  "openPrometheusSource() speaks TLS with a Prometheus that asks for a password, and says what is wrong",
  async (t) => {
    await using certificates = await makeCertificates();
    await using others = await makeCertificates();
    await using server = await openPrometheus({
      web: { ...serving(certificates), basic_auth_users: { me: HASH } },
      prefix: "/some/prefix",
    });
    const { caFile } = certificates;
    const right = { url: server.url, caFile, username: "me", password: PASSWORD };

    await t.step("by its own authority, with the password, below its prefix", async () => {
      strictEqual(await sourceReason(right), "");
      strictEqual(await sourceReason({ ...right, url: `${server.url}/` }), "");
      strictEqual(await sourceReason({ ...right, url: server.url.replace("127.0.0.1", "localhost") }), "");
    });

    await t.step("with credentials in its address", async () => {
      const url = server.url.replace("//", `//me:${encodeURIComponent(PASSWORD)}@`);
      strictEqual(await sourceReason({ url, caFile }), "");
      ok(!(await sourceReason({ url })).includes("me:"));
    });

    const WRONG: Record<string, [Partial<PrometheusSourceOptions>, RegExp]> = {
      "no authority": [
        { caFile: undefined },
        /no trusted authority signed.*PROMETHEUS_CA_FILE/,
      ],
      "another authority": [{ caFile: others.caFile }, /no trusted authority signed.*PROMETHEUS_CA_FILE/],
      "a wrong password": [{ password: "guess" }, /it refused the credentials \(401\)/],
      "no password": [{ username: undefined, password: undefined }, /it refused the credentials \(401\)/],
      "http instead of https": [{ url: server.url.replace("https", "http") }, /it speaks https alone/],
      "no prefix": [
        { url: new URL(server.url).origin },
        /404: there is no Prometheus API below this address/,
      ],
    };
    for (const [name, [change, pattern]] of Object.entries(WRONG)) {
      await t.step(
        `${name} is the reason`,
        async () => match(await sourceReason({ ...right, ...change }), pattern),
      );
    }
  },
);

serverTest(
  { starts: ["prometheus"] },
  "openPrometheusSource() refuses a certificate of another host, and https where there is none",
  async () => {
    await using certificates = await makeCertificates("DNS:elsewhere.example");
    await using server = await openPrometheus({ web: serving(certificates) });
    match(
      await sourceReason({ url: server.url, caFile: certificates.caFile }),
      /its certificate is for another name/,
    );
    await using plain = await openPrometheus();
    match(await sourceReason({ url: plain.url.replace("http", "https") }), /it does not speak TLS/);
  },
);

Deno.test("openPrometheusSource() follows no redirect, so that nobody else is given the credentials", async () => {
  await using thief = openStubPrometheus(() => undefined);
  await using stub = openStubPrometheus(() =>
    new Response("", { status: 307, headers: { location: `${thief.url}/api/v1/query` } })
  );
  const reason = await sourceReason({ url: stub.url, username: "me", password: PASSWORD });
  match(reason, /it redirected to another address \(307\)/);
  strictEqual(thief.requests.length, 0);
});

Deno.test("openPrometheusSource() says which credentials can't be read, not what they are", async () => {
  await rejects(sourceReason({ url: "http://me:100%secret@127.0.0.1:9" }), (error: Error) => {
    match(error.message, /must be percent-encoded/);
    return !error.message.includes("secret");
  });
});
