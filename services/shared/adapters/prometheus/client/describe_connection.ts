/** What went wrong below HTTP, by what the runtime says of it, the most telling first. */
const MEANINGS: readonly (readonly [found: RegExp, meaning: string])[] = [
  [
    /UnknownIssuer|BadSignature/,
    "no trusted authority signed its certificate, PROMETHEUS_CA_FILE names one more",
  ],
  [/NotValidForName|not valid for name/, "its certificate is for another name"],
  [/certificate\W+(?:has )?expired/i, "its certificate has expired"],
  [/InvalidContentType/, "it does not speak TLS, so not https"],
  [/certificate|HandshakeFailure|AlertReceived|\bTLS\b/i, "TLS with it failed"],
  [/refused/i, "it refuses connections"],
  [/dns error|lookup address/i, "no address is found for its name"],
  [/timed out|timeout/i, "connecting to it timed out"],
  [/unreachable|no route/i, "no way leads to it from here"],
  [/reset|closed|broken pipe|incomplete/i, "it broke the connection off"],
];

/** Why a connection failed, in few words and without the address, which everybody knows who may. */
export function describeConnection(error: unknown): string {
  const said = connectionText(error);
  const [, meaning] = MEANINGS.find(([found]) => found.test(said)) ?? [];
  return meaning ?? `the connection failed: ${said}`;
}

/** All that the runtime said of it but the address, whose path and query may be secret: for the log. */
export function connectionText(error: unknown): string {
  const said = error instanceof Error && error.cause instanceof Error
    ? `${error.message}: ${error.cause.message}`
    : error instanceof Error
    ? error.message
    : String(error);
  return said
    .replace(/^fetch failed: /i, "")
    .replace(/^error sending request(?: for url \(.*?\))?: /, "")
    .replace(/^client error \(\w+\): /, "");
}
