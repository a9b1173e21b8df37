import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { answerOf, ApiError, createPronoiaClient, readAll } from "../../client/mod.ts";
import { generateSchema, SCHEMA_FILE } from "../../scripts/build_client.ts";
import { openFilledStandalone, openStandalone } from "../support/standalone.ts";

Deno.test("createPronoiaClient() reads, pages, writes, and rejects in the service's words", async (t) => {
  await using standalone = await openFilledStandalone({ API_TOKENS: "test:open-sesame-0123456789" });
  const { url } = standalone;
  let token: string | null = null;
  const client = createPronoiaClient({ url, token: () => token });
  const readSeries = (limit: number) => (cursor: string | undefined) =>
    answerOf(client.GET("/retrieval/series", { params: { query: { limit, cursor } } }));

  await t.step("pages give the same list whatever their size", async () => {
    const all = await readAll(readSeries(1000), 1000);
    deepStrictEqual(await readAll(readSeries(3), 1000), all);
    strictEqual((await readAll(readSeries(3), 5)).length, 6);
  });
  await t.step("a refusal names status and fields", () =>
    rejects(
      answerOf(client.GET("/retrieval/series", { params: { query: { limit: 0 } } })),
      (error) => error instanceof ApiError && error.status === 422 && "limit" in error.fields,
    ));
  await t.step("a write needs the token, and has it when there is one", async () => {
    const body = { name: "load", expression: "node_load1", max: 4 };
    await rejects(client.POST("/sla/slas", { body }), { name: "ApiError", status: 401 });
    token = "open-sesame-0123456789";
    const { id } = await answerOf(client.POST("/sla/slas", { body }));
    const params = { path: { id } };
    strictEqual((await answerOf(client.GET("/sla/slas/{id}", { params }))).max, 4);
    strictEqual((await client.DELETE("/sla/slas/{id}", { params })).response.status, 204);
  });
  await t.step("the committed types are those of the document", async () => {
    // Tokens add a scheme and refusals; the types are of a Pronoia without.
    await using plain = await openStandalone();
    const document = await (await fetch(`${plain.url}/openapi.json`)).text();
    const fresh = await generateSchema(document).catch((error: Error) => {
      if (Deno.env.get("CI") === "true" || !/registry|network|dns|connect/i.test(error.message)) throw error;
      console.error(`NOT TESTED: the client's types. ${error.message}`);
    });
    const committed = await Deno.readTextFile(SCHEMA_FILE);
    ok(fresh === undefined || fresh === committed, 'The document changed: run "deno task client"');
  });
});

Deno.test("createPronoiaClient() rejects with status 0 where nobody answers", async () => {
  await rejects(createPronoiaClient({ url: "http://127.0.0.1:1" }).GET("/livez"), {
    name: "ApiError",
    status: 0,
  });
});

Deno.test("createPronoiaClient() rejects with the type of the problem, by which programs tell them apart", async () => {
  const answered = (problem: object) =>
    createPronoiaClient({
      url: "http://localhost",
      fetch: () => Promise.resolve(Response.json(problem, { status: 404 })),
    }).GET("/livez");
  const detail = "No forecast is stored";
  await rejects(answered({ type: "urn:pronoia:not-yet", detail }), {
    message: detail,
    status: 404,
    type: "urn:pronoia:not-yet",
  });
  await rejects(answered({ detail }), { status: 404, type: "about:blank" });
});
