import { deepStrictEqual, ok } from "node:assert/strict";
import { detrend } from "../../../analytics/stationarity/_detrend.ts";
import { fitNested } from "../../../analytics/stationarity/_nested_least_squares.ts";
import { allClose } from "../_close.ts";

const products = (columns: Float64Array[]) =>
  columns.map((a, i) =>
    Float64Array.from(columns.slice(0, i + 1), (b) => a.reduce((sum, value, t) => sum + value * b[t], 0))
  );
const column = (...values: number[]) => Float64Array.from(values);

Deno.test("fitNested() has the residuals of every nested regression as worked by hand", () => {
  // On 1 alone the response 1 3 2 6 has mean 3 and squares 4 + 0 + 1 + 9; the line adds slope 1.4: 1.4² · 5 = 9.8.
  const columns = [column(1, 1, 1, 1), column(0, 1, 2, 3), column(1, 3, 2, 6)];
  const { residualSquares, ranks } = fitNested(products(columns), () => columns);
  allClose(residualSquares, [50, 14, 4.2], "residual squares");
  deepStrictEqual([...ranks], [0, 1, 2]);
});

Deno.test("fitNested() leaves out columns that add nothing", () => {
  const columns = [
    column(1, 1, 1, 1),
    column(0, 0, 0, 0),
    column(2, 2, 2, 2),
    column(0, 1, 2, 3),
    column(1, 3, 2, 6),
  ];
  const { residualSquares, ranks, coordinates } = fitNested(products(columns), () => columns);
  allClose(residualSquares, [50, 14, 14, 14, 4.2], "residual squares");
  deepStrictEqual([...ranks], [0, 1, 1, 1, 2]);
  deepStrictEqual([coordinates[1], coordinates[2]], [0, 0]);
});

Deno.test("fitNested() keeps its digits where two columns differ by a millionth", () => {
  const near = [column(1, 1, 1, 1), column(1, 1 + 1e-6, 1 + 2e-6, 1 + 3e-6), column(1, 3, 2, 6)];
  const { residualSquares } = fitNested(products(near), () => near);
  ok(Math.abs(residualSquares[2] / 4.2 - 1) < 1e-8, `${residualSquares[2]}`);
});

Deno.test("detrend() leaves nothing of a line and of a parabola", () => {
  for (const degree of [1, 2] as const) {
    const values = Float64Array.from({ length: 50 }, (_, t) => 1e6 * t ** degree - 3e5);
    const mean = values.reduce((sum, value) => sum + value) / 50;
    const deviations = values.map((value) => value - mean);
    detrend(deviations, degree);
    ok(deviations.every((value) => Math.abs(value) < 1e-4 * degree), `degree ${degree}`);
  }
});
