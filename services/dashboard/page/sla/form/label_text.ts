/** Labels as one line of text: names and values of plain words, or as JSON writes a text. */
type Labels = Readonly<Record<string, string>>;

const QUOTED = `"(?:[^"\\\\]|\\\\.)*"`;

/** One pair and what separates it from the next. */
const PAIR = new RegExp(
  `\\s*(${QUOTED}|[^"=,\\s][^=,]*?)\\s*=\\s*(${QUOTED}|(?:[^",\\s][^,]*?)?)\\s*(?:,|$)`,
  "y",
);

/** What can stand as it is: nothing that separates, begins with a quote, or is lost in a field of one line. */
const PLAIN = /^[^",=\s\p{C}](?:[^,=\p{C}]*[^,=\s\p{C}])?$/u;

/** Labels as they are typed: `team=shop, note="first, second"`. */
export function writeLabels(labels: Labels): string {
  const write = (text: string) => PLAIN.test(text) ? text : JSON.stringify(text);
  return Object.entries(labels).map(([name, value]) => `${write(name)}=${write(value)}`).join(", ");
}

/** What was typed as labels, `undefined` where it is none. Which names are right is the service's to say. */
export function readLabels(text: string): Labels | undefined {
  const pairs = readPairs(text);
  return pairs === undefined || findTwice(pairs) !== undefined ? undefined : Object.fromEntries(pairs);
}

/** Why what was typed is no labels, and what would be some. */
export function describeNoLabels(text: string): string {
  const name = findTwice(readPairs(text) ?? []);
  return name === undefined
    ? 'must be pairs of name=value with commas between them, such as team=shop, note="a, b"'
    : `must name each label once: “${name}” is there twice`;
}

function readPairs(text: string): readonly (readonly [name: string, value: string])[] | undefined {
  const pairs: (readonly [string, string])[] = [];
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < text.length) {
    const found = PAIR.exec(text);
    if (found === null) return undefined;
    const [name, value] = found.slice(1).map(unquote);
    if (name === undefined || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return pairs;
}

function unquote(text: string): string | undefined {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text);
  } catch {
    // Such as an escape that is none.
    return undefined;
  }
}

function findTwice(pairs: readonly (readonly [name: string, value: string])[]): string | undefined {
  const names = pairs.map(([name]) => name);
  return names.find((name, k) => names.indexOf(name) < k);
}
