import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { bundleForBrowsers } from "../support/bundle_for_browsers.ts";
import manifest from "../../deno.json" with { type: "json" };

const root = new URL("../..", import.meta.url).pathname;

Deno.test("the library, minified and gzipped, weighs at most 60 KB and asks for nothing of its runtime", async () => {
  const { texts, gzippedBytes } = await bundleForBrowsers("mod.ts");
  ok(gzippedBytes <= 60_000, `${gzippedBytes} bytes`);
  // An import, a global of one runtime, or a clock would end "runs anywhere, pure".
  deepStrictEqual(
    texts.flatMap((text) =>
      text.match(/\b(?:import[ ({"]|require\(|Deno\.|process\.|Date\.now|performance\.now)/g) ?? []
    ),
    [],
  );
});

Deno.test("every public file of the library has its subpath, in order", async () => {
  const files: string[] = [];
  for await (const { name, isFile } of Deno.readDir(`${root}analytics`)) {
    if (isFile && !name.startsWith("_")) files.push(name);
  }
  const expected = files.map((
    name,
  ) => [`./${name.replace(".ts", "").replaceAll("_", "-")}`, `./analytics/${name}`]);
  const entries = Object.entries(manifest.exports).filter(([entry]) => entry !== ".");
  deepStrictEqual(entries, expected.toSorted(([a], [b]) => a < b ? -1 : 1));
});

Deno.test("what is exported is documented and has types that need no inference", async () => {
  const entries = Object.values(manifest.exports);
  await deno("doc", "--lint", ...entries);
  await deno("publish", "--dry-run", "--allow-dirty", "--quiet");
});

Deno.test("docs/library.md, the npm package's README, stands alone and names what is exported", async () => {
  const text = await Deno.readTextFile(`${root}docs/library.md`);
  // A package's page has no folder beside it.
  deepStrictEqual(text.match(/\]\((?!https:)[^)]*\)|<img/g), null);
  const exported = await import("../../mod.ts");
  const named = [...text.matchAll(/`([a-z][A-Za-z]+)`/g)].map(([, name]) => name);
  ok(named.length > 30);
  deepStrictEqual(named.filter((name) => !(name in exported)), []);
  ok((await Deno.readTextFile(`${root}scripts/build_npm.ts`)).includes("docs/library.md"));
});

Deno.test("the version is the newest of the changelog", async () => {
  const changelog = await Deno.readTextFile(`${root}CHANGELOG.md`);
  strictEqual(changelog.match(/^## (\S+)/m)?.[1], manifest.version);
});

async function deno(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root }).output();
  ok(success, new TextDecoder().decode(stderr));
}
