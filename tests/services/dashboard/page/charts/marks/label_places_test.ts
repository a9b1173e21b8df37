import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { labelPlaces } from "../../../../../../services/dashboard/page/charts/marks/label_places.ts";
import { type Box, placeLabel } from "../../../../../../services/dashboard/page/charts/marks/place_label.ts";

const ROOM = { plot: { x: 40, y: 10, width: 1_000, height: 250 }, width: 45, height: 14, gap: 1, step: 4 };

Deno.test("labelPlaces() begins at the right end, above the line, and stays in view", () => {
  const places = labelPlaces({ ...ROOM, lineY: 100 });
  deepStrictEqual(places.slice(0, 2), [
    { x: 995, y: 85, width: 45, height: 14 },
    { x: 995, y: 101, width: 45, height: 14 },
  ]);
  ok(places.every(({ x }) => x >= 40));
  strictEqual(labelPlaces({ ...ROOM, lineY: -500 })[0].y, 10);
  strictEqual(labelPlaces({ ...ROOM, lineY: 900 })[0].y, 246);
});

Deno.test("placeLabel() finds a place of labelPlaces() between bursts that are hardly farther apart than it is wide", () => {
  const bursts = (shift: number) =>
    Array.from({ length: 18 }, (_, k): Box => ({ x: 40 + shift + k * 57, y: 60, width: 7, height: 200 }));
  for (let shift = 0; shift < 57; shift++) {
    const pieces = bursts(shift);
    const { x, width } = placeLabel({ places: labelPlaces({ ...ROOM, lineY: 100 }), pieces, labels: [] });
    ok(pieces.every((burst) => burst.x + burst.width < x || burst.x > x + width), `${shift}: ${x}`);
  }
});
