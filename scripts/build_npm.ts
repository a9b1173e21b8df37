/**
 * Builds the npm package of the library into ./npm from the same source: one ES module and one declaration file per
 * source file, so that bundlers take only what is imported. Then installs it into an empty project, type-checks a
 * user of it strictly, and imports every entry point in Node. The library imports no package, so it depends on none.
 *
 *     deno task npm
 *
 * Needs Node and npm. TypeScript compiles, as it writes declarations; nothing is bundled.
 */
const TYPESCRIPT = "5.9.3";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Readonly<Record<string, string>>;
}

const root = new URL("..", import.meta.url).pathname;
const output = `${root}npm`;

async function main(): Promise<void> {
  const manifest: Manifest = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
  await Deno.remove(output, { recursive: true }).catch(ignoreAbsence);
  const stage = await Deno.makeTempDir({ prefix: "pronoia_npm_" });
  const project = await Deno.makeTempDir({ prefix: "pronoia_npm_user_" });
  try {
    await compile(stage);
    await describePackage(manifest);
    await tryOut(project, manifest);
  } finally {
    await Deno.remove(stage, { recursive: true });
    await Deno.remove(project, { recursive: true });
  }
  console.log(`Built ${manifest.name} ${manifest.version} into npm, and used it from Node`);
}

async function compile(stage: string): Promise<void> {
  for (const path of await sourceFiles()) {
    await Deno.mkdir(`${stage}/${path}`.replace(/\/[^/]+$/, ""), { recursive: true });
    await Deno.copyFile(root + path, `${stage}/${path}`);
  }
  await writeJson(`${stage}/package.json`, {
    type: "module",
    private: true,
    devDependencies: { typescript: TYPESCRIPT },
  });
  await writeJson(`${stage}/tsconfig.json`, {
    compilerOptions: {
      target: "es2022",
      lib: ["es2024", "dom"],
      module: "nodenext",
      strict: true,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      rootDir: ".",
      outDir: output,
    },
    files: ["mod.ts"],
  });
  await run(stage, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error");
  await run(stage, "npx", "tsc");
  for await (const path of filesUnder(output, ".d.ts")) {
    // TypeScript rewrites the extensions of imports in modules, but not in declarations.
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replaceAll(/((?:from|import\() ?"\.{1,2}\/[^"]+)\.ts"/g, '$1.js"'));
  }
}

async function describePackage(manifest: Manifest): Promise<void> {
  const entries = Object.entries(manifest.exports).map(([entry, path]) => {
    const base = path.replace(/\.ts$/, "");
    return [entry, { types: `${base}.d.ts`, default: `${base}.js` }];
  });
  await writeJson(`${output}/package.json`, {
    name: manifest.name,
    version: manifest.version,
    description: "Time-series analysis and forecasting in pure TypeScript",
    license: manifest.license,
    type: "module",
    sideEffects: false,
    exports: Object.fromEntries(entries),
  });
  // Of the library alone: the project's own README speaks of services, and its links and pictures lead nowhere here.
  await Deno.copyFile(`${root}docs/library.md`, `${output}/README.md`);
  for (const name of ["LICENSE", "CHANGELOG.md"]) await Deno.copyFile(root + name, `${output}/${name}`);
}

/** Installs the packed package as a user would, and uses it. */
async function tryOut(project: string, manifest: Manifest): Promise<void> {
  const packed = await run(output, "npm", "pack", "--silent", "--pack-destination", project);
  await writeJson(`${project}/package.json`, { type: "module", private: true });
  await run(project, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error", `./${packed.trim()}`);
  await run(
    project,
    "npm",
    "install",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    `typescript@${TYPESCRIPT}`,
  );
  const entries = Object.keys(manifest.exports).map((entry) => manifest.name + entry.slice(1));
  await Deno.writeTextFile(
    `${project}/user.ts`,
    [
      `import { acf, type AcfResult, forecast } from "${manifest.name}";`,
      `const result: AcfResult = acf([1, -1, 1, -1], { maxLag: 2 });`,
      `if (result.values[1] !== -0.75) throw new Error("acf() is wrong in Node");`,
      `const ahead: Float64Array = forecast(Array.from({ length: 60 }, (_, t) => t % 6), { horizon: 3 }).mean;`,
      `if (ahead.length !== 3) throw new Error("forecast() is wrong in Node");`,
      ...entries.map((entry, i) => `import * as entry${i} from "${entry}";`),
      `if ([${entries.map((_, i) => `entry${i}`)}].length !== ${entries.length}) throw new Error("lost");`,
    ].join("\n") + "\n",
  );
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2024,dom"];
  await run(project, "npx", "tsc", ...options, "user.ts");
  await run(project, "node", "user.js");
}

async function sourceFiles(): Promise<string[]> {
  const paths = ["mod.ts"];
  for await (const path of filesUnder(`${root}analytics`, ".ts")) paths.push(path.slice(root.length));
  return paths.sort();
}

async function* filesUnder(folder: string, ending: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesUnder(`${folder}/${name}`, ending);
    else if (name.endsWith(ending)) yield `${folder}/${name}`;
  }
}

async function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(command, { args, cwd, stderr: "inherit" }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`Cannot go on as "${command} ${args.join(" ")}" failed: ${text}`);
  return text;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(value, null, 2) + "\n");
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

if (import.meta.main) await main();
