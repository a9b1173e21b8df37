import { strictEqual } from "node:assert/strict";
import { type Box, placeLabel } from "../../../../../../services/dashboard/page/charts/marks/place_label.ts";

const box = (x: number, y: number, width = 40, height = 10): Box => ({ x, y, width, height });

const PLACES = [box(100, 20), box(50, 20), box(0, 20)];

Deno.test("placeLabel() takes the first place that covers neither a line nor a label", () => {
  strictEqual(placeLabel({ places: PLACES, pieces: [], labels: [] }), PLACES[0]);
  // A piece that goes through from above to below has no end within.
  const through = box(110, 0, 2, 100);
  strictEqual(placeLabel({ places: PLACES, pieces: [through], labels: [] }), PLACES[1]);
  strictEqual(placeLabel({ places: PLACES, pieces: [through], labels: [box(60, 25)] }), PLACES[2]);
});

Deno.test("placeLabel() covers least where nothing is free, and rather lines than a label", () => {
  const pieces = [box(110, 0, 2, 100), box(112, 0, 2, 100), box(60, 0, 2, 100)];
  strictEqual(placeLabel({ places: PLACES, pieces, labels: [box(0, 20)] }), PLACES[1]);
  strictEqual(placeLabel({ places: PLACES.slice(0, 2), pieces, labels: [box(50, 20)] }), PLACES[0]);
});
