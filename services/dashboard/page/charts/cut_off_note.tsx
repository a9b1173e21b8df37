import type { VNode } from "preact";
import type { Unit } from "../../../shared/domain/units/unit.ts";
import { formatQuantity } from "../format/quantity.ts";
import type { CutOff } from "./data/value_view.ts";

interface CutOffNoteProps {
  readonly cutOff: readonly CutOff[];
  readonly unit: Unit;
  /** Whether nothing is cut off, because somebody asked for that. */
  readonly whole: boolean;
  readonly onWhole: (whole: boolean) => void;
}

/** What lies beyond the chart, and a way to see it. */
export function CutOffNote({ cutOff, unit, whole, onWhole }: CutOffNoteProps): VNode | null {
  if (cutOff.length === 0 && !whole) return null;
  return (
    <p class="cut-off">
      {cutOff.length > 0 && `Beyond the chart: ${cutOff.map((one) => describe(one, unit)).join("; ")}. `}
      <button type="button" class="link" onClick={() => onWhole(!whole)}>
        {whole ? "Scale to the usual values" : "Show all of it"}
      </button>
    </p>
  );
}

function describe({ label, side, value }: CutOff, unit: Unit): string {
  return `${side === "above" ? "▲" : "▼"} ${label} ${side === "above" ? "up" : "down"} to ${
    formatQuantity(value, unit)
  }`;
}
