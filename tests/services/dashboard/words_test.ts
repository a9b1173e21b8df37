import { strictEqual } from "node:assert/strict";
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
