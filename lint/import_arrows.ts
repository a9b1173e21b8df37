/**
 * The import arrows of the architecture as a lint rule, so that the structure stays as it is drawn.
 *
 * A file belongs to the part whose folder (or name) matches first; a part may import itself and what its arrow lists.
 */

interface Part {
  readonly name: string;
  readonly pattern: RegExp;
  /** Parts it may import, besides itself. */
  readonly mayImport: readonly string[];
  /** Packages it may import, those built in (`node:`) included; `undefined` is any. */
  readonly packages?: readonly string[];
}

const SHARED = ["library", "domain", "ports"];
const SERVICES = ["etl", "data_storage", "data_retrieval", "sla_manager"];

/** Folders within a service, in the order they are read in: each imports those before it and the settings. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  etl: ["analysis", "record", "cycle"],
  data_storage: ["ingest"],
  data_retrieval: ["stored", "samples", "forecasts"],
  sla_manager: [
    "judging",
    "budget",
    "alerts",
    "events",
    "source",
    "held",
    "prediction",
    "evaluation",
    "answers",
    "definitions",
  ],
};

/** Every part of a service but its routes. */
const verbsOf = (service: string): string[] => [
  service,
  `${service} settings`,
  ...(ROOMS[service] ?? []).map((room) => `${service}/${room}`),
];

const PARTS: readonly Part[] = [
  { name: "library", pattern: /^(?:mod\.ts$|analytics\/)/, mayImport: [], packages: [] },
  {
    name: "domain",
    pattern: /^services\/shared\/domain\//,
    mayImport: ["library"],
    packages: ["zod", "node:crypto"],
  },
  { name: "ports", pattern: /^services\/shared\/ports\//, mayImport: ["domain"], packages: [] },
  { name: "adapters", pattern: /^services\/shared\/adapters\//, mayImport: ["domain", "ports"] },
  { name: "runtime", pattern: /^services\/shared\/runtime\//, mayImport: ["domain", "ports"] },
  {
    name: "wiring",
    pattern: /^services\/(?:standalone(?:\.ts$|\/)|[a-z_]+\/(?:main|start|config|wiring|worker)\.ts$)/,
    mayImport: [
      ...SHARED,
      "adapters",
      "runtime",
      "dashboard server",
      "wiring",
      ...SERVICES.flatMap((s) => [...verbsOf(s), `${s} app`]),
    ],
  },
  ...SERVICES.flatMap((service): Part[] => [
    {
      name: `${service} app`,
      pattern: new RegExp(`^services/${service}/(?:app|routes)(?:\\.ts$|/)`),
      mayImport: [...verbsOf(service), "runtime", ...SHARED],
    },
    {
      name: `${service} settings`,
      pattern: new RegExp(`^services/${service}/settings\\.ts$`),
      mayImport: SHARED,
    },
    ...(ROOMS[service] ?? []).map((room, i, rooms) => ({
      name: `${service}/${room}`,
      pattern: new RegExp(`^services/${service}/${room}/`),
      mayImport: [
        ...rooms.slice(0, i).map((earlier) => `${service}/${earlier}`),
        `${service} settings`,
        ...SHARED,
      ],
    })),
    {
      name: service,
      pattern: new RegExp(`^services/${service}/`),
      mayImport: [...verbsOf(service), ...SHARED],
    },
  ]),
  { name: "client", pattern: /^client\//, mayImport: [], packages: ["openapi-fetch"] },
  // What serves the page runs beside the services, the page itself in a browser.
  {
    name: "dashboard server",
    pattern: /^services\/dashboard\/serve\.ts$/,
    mayImport: ["dashboard", "runtime", ...SHARED],
  },
  { name: "dashboard", pattern: /^services\/dashboard\//, mayImport: ["client", "domain", "library"] },
];

/** Drivers, each imported by one file only. */
const DRIVERS: Readonly<Record<string, RegExp>> = {
  "kafkajs": /^services\/shared\/adapters\/kafka\/kafka_client\.ts$/,
  "mysql2": /^services\/shared\/adapters\/mysql\/mysql_connection\.ts$/,
  "node:sqlite": /^services\/shared\/adapters\/sqlite\/sqlite_handle\.ts$/,
};

const ROOT = new URL("..", import.meta.url).pathname;

const plugin: Deno.lint.Plugin = {
  name: "pronoia",
  rules: {
    "import-arrows": {
      create(context) {
        const file = relative(context.filename);
        const part = partOf(file);
        function check(node: Deno.lint.Node, specifier: string): void {
          const problem = findProblem(file, part, specifier);
          if (problem !== undefined) context.report({ node, message: problem });
        }
        return {
          ImportDeclaration: (node) => check(node, node.source.value),
          ExportNamedDeclaration: (node) => node.source && check(node, node.source.value),
          ExportAllDeclaration: (node) => check(node, node.source.value),
          ImportExpression: (node) => {
            if (node.source.type === "Literal") check(node, String(node.source.value));
          },
        };
      },
    },
  },
};

export default plugin;

function findProblem(file: string, part: Part | undefined, specifier: string): string | undefined {
  const driver = Object.keys(DRIVERS).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  if (driver !== undefined && !DRIVERS[driver].test(file) && !/^(?:tests|bench|examples)\//.test(file)) {
    return `Cannot import ${driver} as only its own adapter may`;
  }
  if (part === undefined) return undefined;
  const target = specifier.startsWith(".")
    ? partOf(new URL(specifier, `file:///${file}`).pathname.slice(1))
    : specifier.startsWith("@pronoia/analytics")
    ? partOf("mod.ts")
    : undefined;
  if (target !== undefined) {
    return target === part || part.mayImport.includes(target.name)
      ? undefined
      : `Cannot import ${specifier} as ${part.name} may not import ${target.name}`;
  }
  if (specifier.startsWith(".")) return undefined;
  if (
    part.packages !== undefined &&
    !part.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`))
  ) {
    return `Cannot import ${specifier} as ${part.name} may only import ${
      part.packages.join(", ") || "no package"
    }`;
  }
  return undefined;
}

function partOf(path: string): Part | undefined {
  return PARTS.find(({ pattern }) => pattern.test(path));
}

function relative(filename: string): string {
  const path = filename.replaceAll("\\", "/");
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path;
}
