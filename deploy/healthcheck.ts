/** Whether a service of this container is ready: `healthcheck.ts PORT` ends with 0 or 1. */
const response = await fetch(`http://127.0.0.1:${Deno.args[0]}/readyz`, {
  signal: AbortSignal.timeout(4_000),
});
if (!response.ok) console.error(await response.text());
Deno.exit(response.ok ? 0 : 1);
