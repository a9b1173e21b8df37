import type { components } from "./schema.ts";

/** The bodies of the API by name: `Schemas["SlaStatus"]`. */
export type Schemas = components["schemas"];
