import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { permissionSetOf, PROCESSES, readableNames, RENDERED } from "../../scripts/write_config.ts";
import { describeVariable } from "../../services/shared/runtime/config/config.ts";

const read = (path: string) => Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url));

for (const [file, render] of Object.entries(RENDERED)) {
  Deno.test(`${file} follows from the configuration schemas (deno task config)`, () => {
    const text = read(file);
    strictEqual(render(text), text);
  });
}

const { tasks, permissions } = JSON.parse(read("deno.json"));
const commands = Object.values<{ command: string }>(tasks).map(({ command }) => command);

Deno.test("deno.json tasks never allow a service everything", () => {
  for (const command of commands.filter((command) => command.includes(" services/"))) {
    ok(!/(^|\s)(-A|--allow-all)\b/.test(command), command);
  }
  for (const [name, set] of Object.entries<object>(permissions)) ok(!("all" in set), name);
});

for (const [module, schema] of Object.entries(PROCESSES)) {
  const name = permissionSetOf(module);

  Deno.test(`deno.json lets ${name} do no more than it needs`, () => {
    deepStrictEqual(permissions[name], {
      net: true,
      read: [".", "/run/secrets", "/etc/ssl"],
      env: { allow: readableNames(schema), ignore: true },
    });
  });

  Deno.test(`deno.json has one task for ${name}, which gives it its permissions`, () => {
    const [command, ...others] = commands.filter((command) => command.endsWith(` ${module}`));
    deepStrictEqual(others, []);
    const flags = command.slice(command.lastIndexOf("deno run ")).split(" ").slice(2, -1);
    const where = `${permissions[name].read},$DATA`;
    deepStrictEqual(flags, [
      "--quiet",
      "--no-prompt",
      `-P=${name}`,
      // Its data may be anywhere: a flag takes the place of what the set says of the same.
      ...(name === "standalone" ? [`--allow-read=${where}`, "--allow-write=$DATA"] : []),
      // Half of what new things may take at most, in the process and in each worker, before rubbish among them is
      // looked for: by default that is a third of the memory of an etl of 1,000 series.
      "--v8-flags=--max-semi-space-size=16",
      "--preload=services/shared/runtime/preload.ts",
    ]);
  });
}

/** Asks Deno what a process may do. */
async function statesOf(flags: readonly string[], asked: readonly Deno.PermissionDescriptor[]) {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-permissions-" });
  try {
    const program = `console.log(JSON.stringify(${JSON.stringify(asked)}.map((each) =>
      Deno.permissions.querySync(each).state)), Deno.env.get("PATH") ?? "no PATH")`;
    await Deno.writeTextFile(`${folder}/ask.ts`, program);
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", `--config=${config}`, "--quiet", "--no-prompt", ...flags, `${folder}/ask.ts`],
    }).output();
    strictEqual(new TextDecoder().decode(stderr), "");
    return new TextDecoder().decode(stdout).trim();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("permission sets are what Deno goes by, and flags narrow them", async () => {
  const root = new URL("../../", import.meta.url).pathname;
  const asked: Deno.PermissionDescriptor[] = [
    { name: "net", host: "example.com:443" },
    { name: "net", host: "kafka:9092" },
    { name: "env", variable: "KAFKA_BROKERS" },
    { name: "env", variable: "ETL_INTERVALL" },
    { name: "env", variable: "SLA_FILE" },
    { name: "read", path: `${root}mod.ts` },
    { name: "read", path: "/etc/passwd" },
    { name: "write", path: root },
    { name: "run" },
    { name: "sys" },
    { name: "ffi" },
  ];
  strictEqual(
    await statesOf(["-P=etl"], asked),
    '["granted","granted","granted","granted","denied","granted","prompt","prompt","prompt","prompt","prompt"] no PATH',
  );
  strictEqual(
    await statesOf(["-P=etl", "--allow-net=kafka:9092"], asked),
    '["prompt","granted","granted","granted","denied","granted","prompt","prompt","prompt","prompt","prompt"] no PATH',
  );
});

Deno.test("every variable is described", () => {
  for (const schema of Object.values(PROCESSES)) {
    for (const [name, variable] of Object.entries(schema.shape)) {
      ok(describeVariable(variable).description.length > 10, name);
    }
  }
});
