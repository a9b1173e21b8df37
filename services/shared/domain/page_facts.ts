import { z } from "zod";

const address = (what: string) =>
  z.string().describe(`Address of ${what} as a browser reaches it; empty: none`);

/** `links.json`: what the dashboard asks for once, whether one process answers it or a gateway. */
export const PageFacts = z.strictObject({
  demo: z.boolean().describe("True when the series are made up"),
  prometheus: address("Prometheus' own page"),
  grafana: address("Grafana"),
  database: address("the database's page"),
});
export type PageFacts = z.infer<typeof PageFacts>;
