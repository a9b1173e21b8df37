import type { VNode } from "preact";

interface ShowAllProps {
  /** How many there are, and what they are: "violations". */
  readonly count: number;
  readonly of: string;
  /** How many are shown at first, and which: "newest". */
  readonly first: number;
  readonly which: string;
  /** Whether all are shown now. */
  readonly all: boolean;
  readonly onChange: (all: boolean) => void;
}

/** Shows all of a long list, or its beginning alone again; nothing where the beginning is all there is. */
export function ShowAll({ count, of, first, which, all, onChange }: ShowAllProps): VNode | null {
  if (count <= first) return null;
  return (
    <button type="button" class="quiet" aria-expanded={all} onClick={() => onChange(!all)}>
      {all ? `Show the ${which} ${first} alone` : `Show all ${count.toLocaleString("en-US")} ${of}`}
    </button>
  );
}
