const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs;

/** Reads a PromQL string literal: Go's escapes in `"…"` and `'…'`, none in backquotes. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner;
  return inner.replace(ESCAPE, (_, hex, short, long, octal, single) => {
    if (single !== undefined) return ESCAPES[single] ?? single;
    const code = octal === undefined ? parseInt(hex ?? short ?? long, 16) : parseInt(octal, 8);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  });
}
