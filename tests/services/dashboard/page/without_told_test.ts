import { strictEqual } from "node:assert/strict";
import { withoutTold } from "../../../../services/dashboard/page/without_told.ts";

const REFUSED = "Cannot ask Prometheus for api/v1/query as the connection failed: Connection refused";

Deno.test("withoutTold() leaves out what the top of the page tells, and keeps what is said around it", () => {
  strictEqual(withoutTold(REFUSED, [{ reason: REFUSED }]), undefined);
  strictEqual(
    withoutTold(`The last cycle failed: ${REFUSED}`, [{}, { reason: REFUSED }]),
    "The last cycle failed: the reason is at the top",
  );
});

Deno.test("withoutTold() leaves a reason alone that is told nowhere else", () => {
  strictEqual(withoutTold("The disk is full", [{ reason: REFUSED }, {}]), "The disk is full");
  strictEqual(withoutTold("The disk is full", []), "The disk is full");
});
