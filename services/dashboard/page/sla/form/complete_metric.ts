/** Names offered at once. */
const OFFERED_MAX = 8;

/** What can be typed on: the names that fit, and the part of the text that one of them replaces. */
export interface Completion {
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly names: readonly string[];
}

/**
 * The metrics that fit the word at the caret of a PromQL expression: those that begin with it, then those that have
 * it within. None inside quotes, braces and brackets, where no metric can stand.
 */
export function completeMetric(text: string, caret: number, metrics: readonly string[]): Completion {
  const before = text.slice(0, caret);
  const fromIndex = caret - (/[a-zA-Z_:][\w:]*$/.exec(before)?.[0].length ?? 0);
  const toIndex = caret + (/^[\w:]*/.exec(text.slice(caret))?.[0].length ?? 0);
  const word = before.slice(fromIndex).toLowerCase();
  const whole = text.slice(fromIndex, toIndex);
  if (isEnclosed(before) || /[\w:]$/.test(before.slice(0, fromIndex))) {
    return { fromIndex, toIndex, names: [] };
  }
  const fitting = metrics.filter((name) => name.toLowerCase().includes(word));
  const [first, later] = [true, false].map((begins) =>
    fitting.filter((name) => name.toLowerCase().startsWith(word) === begins)
  );
  const names = [...first, ...later].slice(0, OFFERED_MAX);
  return { fromIndex, toIndex, names: names.length === 1 && names[0] === whole ? [] : names };
}

/** Whether the end of the text is within a quoted string, or braces or brackets that are open. */
function isEnclosed(text: string): boolean {
  const plain = text.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, "");
  return /["'`]/.test(plain) || plain.lastIndexOf("{") > plain.lastIndexOf("}") ||
    plain.lastIndexOf("[") > plain.lastIndexOf("]");
}
