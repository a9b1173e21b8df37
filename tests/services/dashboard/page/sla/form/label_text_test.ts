import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  describeNoLabels,
  readLabels,
  writeLabels,
} from "../../../../../../services/dashboard/page/sla/form/label_text.ts";

Deno.test("writeLabels() writes plain words as they are, and others in quotes", () => {
  strictEqual(writeLabels({}), "");
  strictEqual(writeLabels({ team: "shop", tier: "1" }), "team=shop, tier=1");
  const odd = { note: 'first, "second"', url: "a=b", lines: "a\nb", empty: "", "a,b": " c" };
  strictEqual(
    writeLabels(odd),
    String.raw`note="first, \"second\"", url="a=b", lines="a\nb", empty="", "a,b"=" c"`,
  );
});

Deno.test("readLabels() reads what people type", () => {
  for (const text of ["team=shop,tier=1", " team = shop , tier = 1 ", 'team="shop", "tier"="1",']) {
    deepStrictEqual(readLabels(text), { team: "shop", tier: "1" }, text);
  }
  deepStrictEqual(readLabels("url=https://a/?b=c, note=all of it"), {
    url: "https://a/?b=c",
    note: "all of it",
  });
  deepStrictEqual(readLabels("team="), { team: "" }, "the service says what is wrong with it");
});

Deno.test("readLabels() reads nothing that is no list of pairs, and describeNoLabels() says why", () => {
  const pairs = 'must be pairs of name=value with commas between them, such as team=shop, note="a, b"';
  for (
    const text of [
      "team",
      "team=shop, tier",
      "=shop",
      ",",
      "team=shop,,tier=1",
      'a="b',
      'a="b"c',
      '"a"',
      'a="\\x"',
    ]
  ) {
    strictEqual(readLabels(text), undefined, text);
    strictEqual(describeNoLabels(text), pairs, text);
  }
  strictEqual(readLabels("team=a, tier=1, team=b"), undefined);
  strictEqual(
    describeNoLabels("team=a, tier=1, team=b"),
    "must name each label once: “team” is there twice",
  );
});

Deno.test("readLabels() reads what writeLabels() writes, whatever the labels, in one line", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(...' \t\n"\\,=aé') }),
    fc.constant("__proto__"),
  );
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name }), (pairs) => {
      const labels = Object.fromEntries(pairs);
      const written = writeLabels(labels);
      // A field of one line drops breaks, and what was typed is trimmed.
      deepStrictEqual(readLabels(written.replaceAll(/[\r\n]/g, "").trim()), labels);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});
