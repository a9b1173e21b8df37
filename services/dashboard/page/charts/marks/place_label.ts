/** A rectangle on a plot by its left upper corner, px. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What decides where a label goes. */
export interface LabelPlacing<Place extends Box> {
  /** Where it may stand, the best liked first. */
  readonly places: readonly Place[];
  /** What the pieces of the lines span, which it should not cover. */
  readonly pieces: readonly Box[];
  /** Labels that are there already. */
  readonly labels: readonly Box[];
}

/** Of the places for a label, the first that covers no line and no other label; else the one that covers least. */
export function placeLabel<Place extends Box>({ places, pieces, labels }: LabelPlacing<Place>): Place {
  const others = [...labels, ...pieces];
  const free = places.find((place) => !others.some((other) => overlap(place, other)));
  if (free !== undefined) return free;
  const covered = places.map((place) => {
    const covers = (other: Box): boolean => overlap(place, other);
    // A name over a name can't be read at all.
    return labels.filter(covers).length * (pieces.length + 1) + pieces.filter(covers).length;
  });
  return places[covered.indexOf(Math.min(...covered))];
}

function overlap(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
