/** Takes the pictures of the README: Pronoia on its demo source, as a stranger sees it first. */
import { openViewing, untilAnswer } from "./_viewing.ts";

const FOLDER = new URL("../../docs/images/", import.meta.url).pathname;

interface List<Item> {
  readonly items: readonly Item[];
}

const SLAS = [
  {
    name: "Checkout p99 latency",
    expression: 'http_request_duration_seconds{quantile="0.99"}',
    max: 0.3,
    target: 0.9,
  },
  { name: "Disk free on /data", expression: "node_filesystem_avail_bytes", min: 10e9, target: 0.999 },
  { name: "Order queue", expression: "rabbitmq_queue_messages", max: 300, target: 0.95 },
  { name: "Memory available", expression: "node_memory_MemAvailable_bytes" },
];

await Deno.mkdir(FOLDER, { recursive: true });
await using viewing = await openViewing();
const { url } = viewing;
await untilAnswer<List<unknown>>(
  `${url}/retrieval/metadata?limit=1000&view=summary`,
  ({ items }) => items.length > 15,
);
const slaIds: string[] = [];
for (const sla of SLAS) {
  const response = await fetch(`${url}/sla/slas`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sla),
  });
  slaIds.push((await response.json()).id);
}
const { items: series } = await untilAnswer<
  List<{ id: string; name: string; labels: Record<string, string> }>
>(
  `${url}/retrieval/series?limit=1000`,
  () => true,
);
const requests = series.find(({ name, labels }) => name === "http_requests_total" && labels.code === "200")!;
await untilAnswer<List<{ state: string }>>(
  `${url}/sla/slas/predictions`,
  ({ items }) => items.every(({ state }) => state === "fresh"),
);

await untilAnswer<List<{ target: number | null; backfill: string }>>(
  `${url}/sla/slas/budgets`,
  ({ items }) => items.every(({ target, backfill }) => target === null || backfill === "done"),
);

const PICTURES = [
  ["overview", "#/", "light", 1280],
  ["overview-dark", "#/", "dark", 1280],
  ["overview-narrow", "#/", "light", 390],
  ["series", `#/series/${requests.id}`, "light", 1280],
  ["sla", `#/sla/${slaIds[0]}`, "light", 1280],
  ["sla-narrow", `#/sla/${slaIds[0]}`, "dark", 390],
  ["new-sla", "#/sla?expression=rabbitmq_queue_messages", "light", 1280],
  ["operations", "#/operations", "light", 1280],
] as const;

for (const [name, hash, colorScheme, width] of PICTURES) {
  const { page } = await viewing.open(hash, { colorScheme, width });
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  await page.close();
  console.log(`docs/images/${name}.png`);
}
