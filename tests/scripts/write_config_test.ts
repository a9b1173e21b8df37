import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { PROCESSES, RENDERED } from "../../scripts/write_config.ts";
import { describeVariable, variableNames } from "../../services/shared/runtime/config/config.ts";

const read = (path: string) => Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url));

for (const [file, render] of Object.entries(RENDERED)) {
  Deno.test(`${file} follows from the configuration schemas (deno task config)`, () => {
    const text = read(file);
    strictEqual(render(text), text);
  });
}

Deno.test("deno.json tasks never allow a service everything, and let each process read its variables", () => {
  const { tasks } = JSON.parse(read("deno.json"));
  const commands = Object.values<string | { command: string }>(tasks).map((task) =>
    typeof task === "string" ? task : task.command
  );
  const services = commands.filter((command) => command.includes(" services/"));
  for (const command of services) ok(!/(^|\s)(-A|--allow-all)\b/.test(command), command);
  for (const [module, schema] of Object.entries(PROCESSES)) {
    const command = commands.find((command) => command.endsWith(` ${module}`));
    ok(command, module);
    // What stands before the process finds its permissions.
    const [, variables] = /.*--allow-env=(\S+)/.exec(command) ?? [];
    deepStrictEqual(variables.split(","), variableNames(schema).sort());
  }
});

Deno.test("every variable is described", () => {
  for (const schema of Object.values(PROCESSES)) {
    for (const [name, variable] of Object.entries(schema.shape)) {
      ok(describeVariable(variable).description.length > 10, name);
    }
  }
});
