import { deepStrictEqual, ok } from "node:assert/strict";
import { bundleForBrowsers } from "../../support/bundle_for_browsers.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;
const PAGE = "services/dashboard/page";

Deno.test("the page's scripts weigh no more than 140 KB gzipped", async () => {
  const { texts, gzippedBytes } = await bundleForBrowsers(`${PAGE}/main.tsx`, `${PAGE}/analysis_worker.ts`);
  ok(texts.length === 2 && gzippedBytes <= 140_000, `${texts.length} files, ${gzippedBytes} bytes`);
});

Deno.test("the page is sent those packages that it is made of, and none of the services'", async () => {
  const packages = new Set<string>();
  for (const entry of ["main.tsx", "analysis_worker.ts"]) {
    for (const specifier of await runtimeImports(`${PAGE}/${entry}`)) {
      const name = specifier.match(/^npm:\/?((?:@[^/]+\/)?[^/@]+)/)?.[1];
      if (name !== undefined) packages.add(name);
    }
  }
  deepStrictEqual([...packages].sort(), ["@preact/signals", "openapi-fetch", "preact", "uplot"]);
});

/** What a module loads when it runs, itself and through others; imports of types alone are none. */
async function runtimeImports(entry: string): Promise<ReadonlySet<string>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry], cwd: ROOT })
    .output();
  interface Module {
    readonly specifier: string;
    readonly dependencies?: readonly { readonly specifier: string; readonly code?: { specifier: string } }[];
  }
  const { roots, modules }: { roots: string[]; modules: Module[] } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  const bySpecifier = new Map(modules.map((module) => [module.specifier, module]));
  const found = new Set<string>(roots);
  for (const specifier of found) {
    for (const { code } of bySpecifier.get(specifier)?.dependencies ?? []) {
      if (code !== undefined) found.add(code.specifier);
    }
  }
  return found;
}
