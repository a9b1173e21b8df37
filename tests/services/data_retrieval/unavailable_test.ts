import { deepStrictEqual, ok } from "node:assert/strict";
import { openResultReader } from "../../../services/shared/adapters/open_store.ts";
import { openRetrieval } from "./open_retrieval.ts";

Deno.test("every route that reads the store is 503 while there is none, as its document says", async () => {
  const folder = await Deno.makeTempDir({ prefix: "pronoia-retrieval-" });
  try {
    // Nobody has made its tables.
    const reader = await openResultReader({ sqlitePath: `${folder}/none.sqlite` });
    await using retrieval = await openRetrieval({ reader });
    const { paths } = await retrieval.body("/openapi.json");
    const documented = Object.keys(paths).filter((path) => "503" in paths[path].get.responses).sort();
    const answered: [string, number, string | null][] = [];
    for (const path of documented) {
      const response = await retrieval.request(path.replace("{id}", "0".repeat(16)));
      await response.body?.cancel();
      answered.push([path, response.status, response.headers.get("content-type")]);
    }
    deepStrictEqual(
      answered,
      documented.map((path) => [
        path,
        503,
        path === "/readyz" ? "application/json" : "application/problem+json",
      ]),
    );
    ok(documented.length >= 12);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
