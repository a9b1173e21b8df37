import type { VNode } from "preact";

/** The name of the scaled error, what it means on hover; a backtest knows of the series' season. */
export function Mase({ seasonal = false }: { readonly seasonal?: boolean }): VNode {
  const change = `from one value to the next${seasonal ? ", with a season from one cycle to the next" : ""}`;
  return (
    <abbr
      title={`Mean absolute scaled error: the error of all steps ahead over the mean change ${change}. Several steps ahead the series itself goes farther than one such change, so that above 1 is no bad sign.`}
    >
      MASE
    </abbr>
  );
}
