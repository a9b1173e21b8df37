import { deepStrictEqual, match, throws } from "node:assert/strict";
import { readCursor, writeCursor } from "../../../../services/shared/domain/cursor.ts";

Deno.test("readCursor() finds what writeCursor() wrote, whatever the text", () => {
  const key = ["12ab", "1h", 'ü 💡 "'];
  const cursor = writeCursor("statistics", key);
  match(cursor, /^[\w-]+$/);
  deepStrictEqual(readCursor("statistics", cursor, 3), key);
});

const STRANGE = {
  "of another list": writeCursor("metadata", ["12ab"]),
  "of another length": writeCursor("series", ["12ab", "1h"]),
  "no base64": "§",
  "no JSON": "garbage",
  "no text": "_w",
  "no list": "e30",
  "numbers": new TextEncoder().encode('["series",1]').toBase64(),
  "empty": "W10",
};

for (const [what, cursor] of Object.entries(STRANGE)) {
  Deno.test(`readCursor() refuses a cursor: ${what}`, () => {
    throws(() => readCursor("series", cursor, 1), { code: "invalid" });
  });
}
