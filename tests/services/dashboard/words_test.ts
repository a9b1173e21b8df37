import { strictEqual } from "node:assert/strict";
import { formatLeft, formatSpent } from "../../../services/dashboard/page/format/spending.ts";
import { asSentence } from "../../../services/dashboard/page/format/sentence.ts";
import { formatWindow } from "../../../services/dashboard/page/format/time.ts";

for (
  const [reason, sentence] of [
    ["nothing has been judged yet", "Nothing has been judged yet."],
    ["The service can't be reached", "The service can't be reached."],
    ["done.", "Done."],
  ]
) {
  Deno.test(`asSentence() makes a sentence of "${reason}"`, () => strictEqual(asSentence(reason), sentence));
}

for (const [window, words] of [["3h", "3 h"], ["30d", "30 d"], ["1h30m", "1 h 30 min"], ["5m", "5 min"]]) {
  Deno.test(`formatWindow() writes ${window} for people`, () => strictEqual(formatWindow(window), words));
}

Deno.test("formatSpent() and formatLeft() say how many times over, where a percentage says less", () => {
  strictEqual(formatSpent(1.4), "140 % of");
  strictEqual(formatSpent(81.2), "81 times");
  strictEqual(formatLeft(0.345), "34.5 %");
  strictEqual(formatLeft(-0.4), "−40 %");
  strictEqual(formatLeft(-80.2), "spent 81×");
  strictEqual(formatLeft(null), "–");
});
