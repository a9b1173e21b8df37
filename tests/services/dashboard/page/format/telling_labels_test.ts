import { deepStrictEqual } from "node:assert/strict";
import { tellingLabels } from "../../../../../services/dashboard/page/format/telling_labels.ts";

Deno.test("tellingLabels() leaves out what all label sets share, unless they share everything", () => {
  const [idle, user] = [{ job: "node", mode: "idle" }, { job: "node", mode: "user" }];
  deepStrictEqual(tellingLabels(idle, [idle, user]), { mode: "idle" });
  deepStrictEqual(tellingLabels(idle, [idle]), idle);
});
