/**
 * Tests that need real servers. The runner says by environment which there are:
 * `TEST_<NAME>_URL` for a shared one, `TEST_SERVERS` for those a test may start itself.
 * Without them such a test is ignored, and the runner says so loudly.
 */

/** The servers our tests know. */
export const SERVER_NAMES = [
  "kafka",
  "mariadb",
  "mysql",
  "prometheus",
  "prometheus3",
  "node_exporter",
  "alertmanager",
  "chromium",
  "caddy",
  "sqlite3",
] as const;

/** One of them. */
export type ServerName = typeof SERVER_NAMES[number];

/** What a test needs: `uses` a shared server by its URL, `starts` one of its own to stop, kill and restart. */
export interface ServerNeeds {
  readonly uses?: readonly ServerName[];
  readonly starts?: readonly ServerName[];
}

/** Registers a test that runs where its servers are there. */
export function serverTest(
  needs: ServerNeeds,
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
  options: Pick<Deno.TestDefinition, "sanitizeOps" | "sanitizeResources"> = {},
): void {
  const { uses = [], starts = [] } = needs;
  const missing = [
    ...uses.filter((server) => sharedUrl(server) === undefined),
    ...starts.filter((server) => !mayStart(server)),
  ];
  const suffix = missing.length === 0 ? "" : ` (needs ${missing.join(", ")})`;
  Deno.test({ name: name + suffix, ignore: missing.length > 0, fn, ...options });
}

/** The URL of a shared server (Kafka: its brokers), `undefined` when there is none. */
export function sharedUrl(server: ServerName): string | undefined {
  return readEnvironment(environmentName(server));
}

/** The URL of a shared server a test said it uses. */
export function requireUrl(server: ServerName): string {
  const url = sharedUrl(server);
  if (url === undefined) throw new Error(`Cannot use ${server} as ${environmentName(server)} is not set`);
  return url;
}

/** Whether tests may start a server of that name here. */
function mayStart(server: ServerName): boolean {
  return (readEnvironment("TEST_SERVERS") ?? "").split(",").includes(server);
}

/** The variable that holds a shared server's URL: `TEST_MARIADB_URL`, `TEST_KAFKA_URL` (its brokers). */
export function environmentName(server: ServerName): string {
  return `TEST_${server.toUpperCase()}_URL`;
}

function readEnvironment(name: string): string | undefined {
  return Deno.permissions.querySync({ name: "env", variable: name }).state === "granted"
    ? Deno.env.get(name)
    : undefined;
}
