/** So unlikely is a stand at a rate of moves that cannot have been the same then. */
const UNLIKELY = 1e-3;

/**
 * Where to begin with a series that stood still until it moved away: at the last two values of the stand where, had
 * the series moved as often then as since, a stand that long would have been one in a thousand; else, or once it has
 * been away for as long, or came back, at the first one that is not missing.
 *
 * How long it stood says nothing of how far it goes once it moves, but would drown what does.
 */
export function movesFrom(values: ArrayLike<number>): number {
  const seen = Array.from(values, (_, t) => t).filter((t) => values[t] === values[t]);
  const [first] = seen;
  const stood = seen.findIndex((t) => values[t] !== values[first]);
  const since = seen.slice(stood);
  const moves = since.filter((t, i) => values[t] !== values[since[i - 1]]).length;
  const isAway = stood >= since.length && since.every((t) => values[t] !== values[first]);
  return isAway && (1 - moves / (since.length + 1)) ** stood < UNLIKELY ? seen[stood - 2] : first;
}
