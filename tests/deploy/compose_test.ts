import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { parse } from "yaml";
import { PROCESSES } from "../../scripts/write_config.ts";
import { DEAD_LETTER_BYTES_MAX } from "../../services/shared/adapters/kafka/kafka_topics.ts";
import { DEAD_LETTER_TOPIC, RESULTS_TOPIC } from "../../services/shared/domain/topics.ts";
import { describeVariable, readConfig, variableNames } from "../../services/shared/runtime/config/config.ts";

interface Service {
  readonly image?: string;
  readonly build?: { readonly target: string };
  readonly command?: string[];
  readonly environment?: Record<string, string>;
  readonly secrets?: string[];
  readonly depends_on?: Record<string, { condition: string }>;
  readonly healthcheck?: { test: string[] };
  readonly restart?: string;
  readonly mem_limit?: string;
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly ports?: string[];
  readonly container_name?: string;
}

interface Compose {
  readonly services: Record<string, Service>;
  readonly secrets: Record<string, { environment: string }>;
}

const read = (path: string) => Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url));
const compose: Compose = parse(read("docker-compose.yml"), { merge: true });
const caddyfile = read("deploy/Caddyfile");
const dockerfile = read("Dockerfile");
const example = readExample(read(".env.example"));

const OURS = ["etl", "data_storage", "data_retrieval", "sla_manager"];

for (const name of OURS) {
  const service = compose.services[name];
  const schema = PROCESSES[`services/${name}/main.ts`];
  const flags = Object.fromEntries((service.command ?? []).map((arg) => arg.split(/=(.*)/s).slice(0, 2)));

  Deno.test(`docker-compose.yml ${name} names only variables that the service reads`, () => {
    const known = variableNames(schema);
    for (const variable of Object.keys(service.environment ?? {})) ok(known.includes(variable), variable);
  });

  Deno.test(`docker-compose.yml ${name} is configured completely`, () => {
    const env = Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([variable, value]) => [variable, substitute(value)]),
    );
    ok(readConfig(schema, env));
  });

  Deno.test(`docker-compose.yml ${name} listens where the gateway and its health check ask`, () => {
    const port = describeVariable(schema.shape.PORT).initial;
    strictEqual(service.environment?.PORT, port);
    // Of a container, loopback would be reached by nobody, and is not what it may listen on.
    strictEqual(service.environment?.HOST ?? describeVariable(schema.shape.HOST).initial, "0.0.0.0");
    match(caddyfile, new RegExp(`reverse_proxy ${name}:${port}\\b`));
    strictEqual(service.healthcheck?.test.at(-1), port);
    ok(service.healthcheck?.test.includes(`--allow-net=127.0.0.1:${port}`));
  });

  Deno.test(`docker-compose.yml ${name} may reach its hosts and nothing else`, () => {
    const env = service.environment ?? {};
    const hosts = [
      `0.0.0.0:${env.PORT}`,
      ...(env.PROMETHEUS_URL ? [new URL(env.PROMETHEUS_URL).host] : []),
      ...(env.KAFKA_BROKERS?.split(",") ?? []),
      ...(env.MYSQL_URL ? [new URL(substitute(env.MYSQL_URL)).host] : []),
    ];
    deepStrictEqual(substitute(flags["--allow-net"]).split(",").sort(), hosts.sort());
    for (const host of hosts.slice(1)) ok(host.split(":")[0] in compose.services, host);
  });

  Deno.test(`docker-compose.yml ${name} has the least permissions`, () => {
    deepStrictEqual(Object.keys(flags), ["-P", "--allow-net", `services/${name}/main.ts`]);
    strictEqual(flags["-P"], name);
    strictEqual(service.read_only, true);
    deepStrictEqual(service.cap_drop, ["ALL"]);
    ok(service.healthcheck && service.stop_grace_period && service.restart);
    ok(Object.values(service.depends_on ?? {}).every(({ condition }) => condition.startsWith("service_")));
    // Nothing of which there can be one only: `--scale` starts several.
    deepStrictEqual([service.ports, service.container_name], [undefined, undefined]);
  });
}

Deno.test("docker-compose.yml pins every image and limits every container", () => {
  for (const [name, { image, mem_limit, restart }] of Object.entries(compose.services)) {
    match(image ?? "", /^[\w./-]+:v?\d+\.\d+(\.\d+)?$/, name);
    ok(mem_limit && restart, name);
  }
  for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm)) match(image, /:\d+\.\d+\.\d+(-\w+)?$/);
  ok(!/(?:^|\s)-A\b|--allow-all/m.test(dockerfile + read("docker-compose.yml")));
});

Deno.test("Dockerfile starts services as the tasks do, without the network", () => {
  const [, entrypoint] = /^ENTRYPOINT (.*)$/m.exec(dockerfile) ?? [];
  const { tasks } = JSON.parse(read("deno.json"));
  const flags = tasks.etl.command.split(" ").filter((flag: string) => flag.startsWith("--"));
  deepStrictEqual(JSON.parse(entrypoint), ["deno", "run", "--cached-only", ...flags]);
});

Deno.test("docker-compose.yml secrets are all in .env.example", () => {
  const declared = Object.keys(compose.secrets);
  for (const { secrets = [] } of Object.values(compose.services)) {
    for (const secret of secrets) ok(declared.includes(secret), secret);
  }
  for (const { environment } of Object.values(compose.secrets)) ok(environment in example, environment);
});

Deno.test("docker-compose.yml has every variable without a default in .env.example", () => {
  for (const [, name, rest] of read("docker-compose.yml").matchAll(/\$\{(\w+)([^}]*)\}/g)) {
    ok(rest.startsWith(":-") || example[name], name);
  }
});

Deno.test("docker-compose.yml gives a read-only container no secret, as Compose would refuse to start it", () => {
  for (const [name, { read_only, secrets = [] }] of Object.entries(compose.services)) {
    for (const secret of secrets) {
      ok(!read_only || !compose.secrets[secret].environment, `${name}: ${secret}`);
    }
  }
});

Deno.test("docker-compose.yml builds each image once, under its own tag", () => {
  const built = Object.values(compose.services).filter(({ build }) => build).map(({ image }) => image);
  strictEqual(new Set(built).size, built.length);
  for (const name of OURS) ok(built.includes(compose.services[name].image), name);
});

Deno.test("docker-compose.yml makes the topics the services use", () => {
  const script = compose.services.topics.command?.join("\n") ?? "";
  const made = [...script.matchAll(/^create (\S+)/gm)].map(([, topic]) => topic);
  deepStrictEqual(made.sort(), [RESULTS_TOPIC, DEAD_LETTER_TOPIC].sort());
  // As large as where a service makes it, else a letter of a large message has no place.
  match(
    script,
    new RegExp(`create ${DEAD_LETTER_TOPIC} \\d+ max\\.message\\.bytes=${DEAD_LETTER_BYTES_MAX}$`, "m"),
  );
});

Deno.test("docker-compose.yml publishes on loopback alone", () => {
  for (const { ports = [] } of Object.values(compose.services)) {
    for (const port of ports) match(substitute(port), /^127\.0\.0\.1:/);
  }
});

Deno.test("prometheus.yml scrapes the services by their ports", () => {
  const text = read("deploy/prometheus/prometheus.yml");
  for (const name of OURS) {
    ok(
      text.includes(
        `"${name}:${describeVariable(PROCESSES[`services/${name}/main.ts`].shape.PORT).initial}"`,
      ),
    );
  }
});

Deno.test("Dockerfile copies what the services are made of, and pins the same Deno as the README", () => {
  const [, version] = /FROM denoland\/deno:(\S+) AS service/.exec(dockerfile) ?? [];
  ok(read("README.md").includes(`deno@${version}`));
  const ignored = read(".dockerignore").split("\n").filter((line) => line.startsWith("!"));
  for (const [, sources] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
    for (const source of sources.split(" ")) {
      ok(ignored.some((line) => source.startsWith(line.slice(1))), source);
    }
  }
});

Deno.test("Dockerfile copies every module that is built or started in the image", async () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) =>
    sources.split(" ")
  );
  const root = new URL("../../", import.meta.url).href;
  const entries = [...Object.keys(PROCESSES), "deploy/export_site.ts", "deploy/healthcheck.ts"];
  const pages = ["main.tsx", "analysis_worker.ts"].map((name) => `services/dashboard/page/${name}`);
  for (const entry of [...entries, ...pages]) {
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", root + entry] })
      .output();
    const { modules }: { modules: { specifier: string }[] } = JSON.parse(new TextDecoder().decode(stdout));
    const local = modules.map(({ specifier }) => specifier).filter((specifier) => specifier.startsWith(root));
    ok(local.length > 1 || entry.endsWith("healthcheck.ts"), entry);
    for (const specifier of local) {
      const path = specifier.slice(root.length);
      ok(copied.some((source) => path === source || path.startsWith(`${source}/`)), `${entry} needs ${path}`);
    }
  }
});

/** `${NAME:-default}`, `${NAME:?what is missing}` and `${NAME}`, from `.env.example`. */
function substitute(text: string): string {
  return String(text).replace(
    /\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
    (_, name, initial = "") => example[name] || initial,
  );
}

function readExample(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/^(\w+)=(.*)$/gm)) {
    values[name] = value.replace(/\$\{(\w+)\}/g, (_, other) => values[other]);
  }
  return values;
}
