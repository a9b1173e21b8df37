export default { name: "pronoia", rules: {} } satisfies Deno.lint.Plugin;
