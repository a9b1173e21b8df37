import { deepStrictEqual } from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = [
  "analytics/",
  "client/",
  "services/",
  "lint/",
  "scripts/",
  "deploy/",
  "examples/",
  "bench/",
  "tests/",
];
/** What a module takes from a file beside or above it, types as well; comments keep their examples. */
const IMPORT = /^(?:import|export) [^;"]*?from "(\.[^"]+)"|^import "(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm;

async function* sourcesBelow(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory && name !== "dist") yield* sourcesBelow(new URL(`${name}/`, folder));
    else if (/\.tsx?$/.test(name)) yield new URL(name, folder);
  }
}

function importsOf(file: URL): string[] {
  const matches = Deno.readTextFileSync(file).matchAll(IMPORT);
  return [...matches].map(([, from, effect, lazy]) => new URL(from ?? effect ?? lazy, file).href);
}

/** The first circle found: each file imports the next, the last one the first. */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  function follow(file: string, path: readonly string[]): string[] {
    const start = path.indexOf(file);
    if (start >= 0) return path.slice(start);
    if (done.has(file)) return [];
    for (const next of graph.get(file) ?? []) {
      const circle = follow(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  }
  for (const file of graph.keys()) {
    const circle = follow(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

Deno.test("no file imports itself through others, not even for a type", async () => {
  const graph = new Map<string, string[]>();
  for (const folder of FOLDERS) {
    for await (const file of sourcesBelow(new URL(folder, ROOT))) graph.set(file.href, importsOf(file));
  }
  deepStrictEqual(findCircle(graph).map((file) => file.slice(ROOT.href.length)), []);
});
