import { strictEqual } from "node:assert/strict";
import { describeConnection } from "../../../../../services/shared/adapters/prometheus/client/describe_connection.ts";

const AT = "error sending request for url (http://one:9090/api/v1/query): client error (Connect): ";

for (
  const [said, meaning] of [
    ["tcp connect error: Connection refused (os error 111)", "it refuses connections"],
    ["tcp connect error: Connection timed out (os error 110)", "connecting to it timed out"],
    [
      "dns error: failed to lookup address information: Name or service not known",
      "no address is found for its name",
    ],
    ["tcp connect error: No route to host (os error 113)", "no way leads to it from here"],
    [
      "invalid peer certificate: UnknownIssuer",
      "no trusted authority signed its certificate, PROMETHEUS_CA_FILE names one more",
    ],
    ["invalid peer certificate: certificate expired: verification time 1", "its certificate has expired"],
    ["received fatal alert: HandshakeFailure", "TLS with it failed"],
    ["received corrupt message of type InvalidContentType", "it does not speak TLS, so not https"],
    ["something else", "the connection failed: something else"],
  ]
) {
  Deno.test(`describeConnection() says of "${said}" what it means`, () => {
    strictEqual(describeConnection(new TypeError(AT + said)), meaning);
    strictEqual(describeConnection(new TypeError("fetch failed", { cause: new Error(AT + said) })), meaning);
  });
}
