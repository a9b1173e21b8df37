/** Takes the pictures of the README: Pronoia on its demo source, as a stranger sees it first. */
import type { Schemas } from "../../client/mod.ts";
import { type List, untilAnswer } from "./_services.ts";
import { openViewing } from "./_viewing.ts";

const FOLDER = new URL("../../docs/images/", import.meta.url).pathname;

await Deno.mkdir(FOLDER, { recursive: true });
await using viewing = await openViewing({ DEMO_SLAS: "true" });
const { url } = viewing;
await untilAnswer<List<unknown>>(
  `${url}/retrieval/metadata?limit=1000&view=summary`,
  ({ items }) => items.length > 15,
);
const { items: slas } = await untilAnswer<List<Schemas["Sla"]>>(
  `${url}/sla/slas`,
  ({ items }) => items.length >= 5,
);
const queue = slas.find(({ name }) => name === "Order queue")!;
const { items: series } = await untilAnswer<List<Schemas["Series"]>>(`${url}/retrieval/series?limit=1000`);
const requests = series.find(({ name, labels }) => name === "http_requests_total" && labels.code === "200")!;
await untilAnswer<List<Schemas["SlaPrediction"]>>(
  `${url}/sla/slas/predictions`,
  ({ items }) => items.every(({ state }) => state === "fresh"),
);
await untilAnswer<List<Schemas["SlaBudget"]>>(
  `${url}/sla/slas/budgets`,
  ({ items }) => items.every(({ target, backfill }) => target === null || backfill === "done"),
);

// Of the first turns nobody needs a picture.
await untilAnswer<List<Schemas["Cycle"]>>(
  `${url}/etl/cycles?limit=1`,
  ({ items: [newest] }) => newest.state === "done" && newest.quick === 0,
);

const PICTURES = [
  ["overview", "#/", "light", 1280],
  ["overview-dark", "#/", "dark", 1280],
  ["overview-narrow", "#/", "light", 390],
  ["series", `#/series/${requests.id}`, "light", 1280],
  ["sla", `#/sla/${queue.id}`, "light", 1280],
  ["sla-narrow", `#/sla/${queue.id}`, "dark", 390],
  ["new-sla", "#/sla?expression=rabbitmq_queue_messages", "light", 1280],
  ["operations", "#/operations", "light", 1280],
] as const;

for (const [name, hash, colorScheme, width] of PICTURES) {
  const page = await viewing.open(hash, { colorScheme, width });
  await page.waitForLoadState("networkidle");
  // On a busy machine the network rests before the page has everything.
  await page.waitForFunction(
    `document.querySelector(".loading, [aria-busy=true], .sparkline-box:empty") === null`,
  );
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  await page.close();
  console.log(`docs/images/${name}.png`);
}
