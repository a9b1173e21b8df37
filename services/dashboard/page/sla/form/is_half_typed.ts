/** What is written of an expression apart from quotes that are closed, and comments. */
const QUOTED = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#.*/g;

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Whether more of a PromQL expression must come, as a quote or bracket is open or an operator waits for its right
 * side. To refuse it would be to interrupt; one with a bracket too many is no half of anything.
 */
export function isHalfTyped(expression: string): boolean {
  const plain = expression.replaceAll(QUOTED, "").trimEnd();
  if (/["'`]/.test(plain) || /(?:[-+*/%^=<>!~,]|(?<![\w:])(?:and|or|unless|by|without))$/i.test(plain)) {
    return true;
  }
  const open: string[] = [];
  for (const [bracket] of plain.matchAll(/[()[\]{}]/g)) {
    const closing = CLOSING[bracket];
    if (closing !== undefined) open.push(closing);
    else if (open.pop() !== bracket) return false;
  }
  return open.length > 0;
}
