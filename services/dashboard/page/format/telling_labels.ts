/** Labels by name. */
export type LabelSet = Readonly<Record<string, string>>;

/** Of a label set, those labels that tell it from the others beside it: all, where nothing else does. */
export function tellingLabels(labels: LabelSet, all: readonly LabelSet[]): LabelSet {
  const telling = Object.entries(labels).filter(([name, value]) =>
    all.some((other) => other[name] !== value)
  );
  return telling.length === 0 ? labels : Object.fromEntries(telling);
}

/** The same of a series, among all that are shown beside it. */
export function labelsAmong(
  { labels }: { readonly labels: LabelSet },
  all: readonly { readonly labels: LabelSet }[],
): LabelSet {
  return tellingLabels(labels, all.map((other) => other.labels));
}
