import { deepStrictEqual } from "node:assert/strict";
import { PROCESSES } from "../../scripts/write_config.ts";
import { variableNames } from "../../services/shared/runtime/config/config.ts";

const ROOT = new URL("../../", import.meta.url);
const TASKS: Record<string, { description?: string }> =
  JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT))).tasks;
const VARIABLES = new Set(Object.values(PROCESSES).flatMap((schema) => [...variableNames(schema)]));

/** Of others: docker-compose's file of variables, the tests' servers, ports and constants of other programs. */
const FOREIGN = /^(?:DENO_|TEST_|COMPOSE_)|^(?:LOG|API|URL|JSON|NUL|TLS|SASL|PORT|HOST)$/;

const documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md"];
for (const { name } of Deno.readDirSync(new URL("docs", ROOT))) {
  if (name.endsWith(".md")) documents.push(`docs/${name}`);
}

function exists(path: string, base: URL): boolean {
  try {
    Deno.statSync(new URL(path, base));
    return true;
  } catch {
    return false;
  }
}

/** What headings of a page are linked by: in lower case, without punctuation, with hyphens. */
function anchorsOf(page: URL): readonly string[] {
  const headings = Deno.readTextFileSync(page).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, words]) =>
    words.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  );
}

for (const document of documents) {
  const text = Deno.readTextFileSync(new URL(document, ROOT));
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);

  Deno.test(`${document}: links lead somewhere`, () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link);
    const broken = links.filter((link) => !/^https?:/.test(link) && !exists(link, new URL(document, ROOT)));
    deepStrictEqual(broken, []);
  });

  Deno.test(`${document}: anchors are headings`, () => {
    const links = [...text.matchAll(/\]\(([^)#\s]*\.md|)#([^)\s]+)\)/g)].map(([, path, anchor]) => ({
      path,
      anchor,
    }));
    const broken = links.filter(({ path, anchor }) =>
      !anchorsOf(new URL(path, new URL(document, ROOT))).includes(anchor)
    );
    deepStrictEqual(broken, []);
  });

  Deno.test(`${document}: files and folders are there`, () => {
    const paths = quoted.filter((code) =>
      /^(?:analytics|bench|client|deploy|docs|examples|lint|scripts|services|tests)\/[\w./]*$/.test(code)
    );
    deepStrictEqual(paths.filter((path) => !exists(path, ROOT)), []);
  });

  Deno.test(`${document}: tasks and programs are there`, () => {
    const tasks = [...text.matchAll(/deno(?:@[\d.]+)? task (?:--?\w+ )*([\w:]+)/g)].map(([, task]) => task);
    const programs = [...text.matchAll(/\b((?:examples|bench|tests|scripts)\/[\w/]+\.ts)\b/g)].map((
      [, path],
    ) => path);
    deepStrictEqual(tasks.filter((task) => !(task in TASKS)), []);
    deepStrictEqual(programs.filter((path) => !exists(path, ROOT)), []);
  });

  Deno.test(`${document}: variables are read by some process`, () => {
    const names = quoted.flatMap((code) => /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?$/.exec(code)?.[1] ?? []);
    deepStrictEqual(names.filter((name) => !VARIABLES.has(name) && !FOREIGN.test(name)), []);
  });
}

Deno.test("deno.json: every task says what it is for", () => {
  const silent = Object.keys(TASKS).filter((name) => !((TASKS[name].description?.length ?? 0) > 10));
  deepStrictEqual(silent, []);
});
