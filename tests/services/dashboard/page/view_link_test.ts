import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { isListed, linkTo, listed, readRoute } from "../../../../services/dashboard/page/view_link.ts";

Deno.test("readRoute() reads page, id and query of a link", () => {
  deepStrictEqual(readRoute("#/series/0123456789abcdef?range=3h"), {
    page: "series",
    id: "0123456789abcdef",
    query: { range: "3h" },
  });
});

for (const hash of ["", "#", "#/", "#/series"]) {
  Deno.test(`readRoute() shows the overview for "${hash}"`, () => {
    deepStrictEqual(readRoute(hash), { page: "overview", id: "", query: {} });
  });
}

Deno.test("readRoute() says of a page that there is none, and where", () => {
  deepStrictEqual(readRoute("#/no-such-page/7?range=3h"), {
    page: "nowhere",
    id: "no-such-page/7",
    query: { range: "3h" },
  });
});

Deno.test("readRoute() gives back whatever query linkTo() was given", () => {
  const text = fc.string({ minLength: 1, unit: "grapheme" });
  fc.assert(
    fc.property(fc.dictionary(text, text), (query) => {
      deepStrictEqual({ ...readRoute(linkTo("operations", query)).query }, { ...query });
    }),
    { seed: 1 },
  );
});

Deno.test("listed() puts a name into a list and takes it out, and isListed() finds it", () => {
  strictEqual(listed(undefined, "trend", true), "trend");
  strictEqual(listed("trend", "values", true), "trend,values");
  strictEqual(listed("trend,values", "trend", true), "values,trend");
  strictEqual(listed("trend,values", "trend", false), "values");
  strictEqual(listed("trend", "trend", false), undefined);
  strictEqual(isListed("trend,values", "values"), true);
  strictEqual(isListed("trend", "tr"), false);
  strictEqual(isListed(undefined, "trend"), false);
});
