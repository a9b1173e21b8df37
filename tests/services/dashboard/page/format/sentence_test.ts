import { strictEqual } from "node:assert/strict";
import { asSentence, asToldAt, readable } from "../../../../../services/dashboard/page/format/sentence.ts";
import { formatTime } from "../../../../../services/dashboard/page/format/time.ts";

for (
  const [reason, sentence] of [
    ["nothing has been judged yet", "Nothing has been judged yet."],
    ["The service can't be reached", "The service can't be reached."],
    ["done.", "Done."],
  ]
) {
  Deno.test(`asSentence() makes a sentence of "${reason}"`, () => strictEqual(asSentence(reason), sentence));
}

for (
  const [said, words] of [
    ["the series repeats every 1h with strength 0.97", "the series repeats every 1 h with strength 0.97"],
    [
      "32, one each 10s, are needed to look 10m ahead.",
      "32, one each 10 s, are needed to look 10 min ahead.",
    ],
    ["2880 are needed to look 1d ahead", "2,880 are needed to look 24 h ahead"],
    ["no period among 2880 values, in 1h30m", "no period among 2,880 values, in 1 h 30 min"],
    ["rate(x[5m]) of m1234 is 0.123456", "rate(x[5m]) of m1234 is 0.123456"],
  ]
) {
  Deno.test(`readable() writes "${said}" as the page does`, () => strictEqual(readable(said), words));
}

Deno.test("readable() writes points in time in the viewer's zone, as the page does", () => {
  const timeMs = Date.UTC(2026, 10, 22, 6, 23, 30);
  strictEqual(
    readable("no sample since 2026-11-22 06:23:30 UTC, for longer than 3m"),
    `no sample since ${formatTime(timeMs)}, for longer than 3 min`,
  );
});

Deno.test("asToldAt() says when what was measured was so", () => {
  const timeMs = Date.UTC(2026, 10, 22, 11, 12);
  strictEqual(
    asToldAt(
      "the error budget burns over 1h and 5m: 13m45s of the last 1h were bad, 36s are allowed",
      timeMs,
    ),
    `The error budget burns over 1 h and 5 min. At ${
      formatTime(timeMs)
    }: 13 min 45 s of the last 1 h were bad, ` +
      "36 s are allowed.",
  );
  strictEqual(asToldAt("too much was bad", timeMs), `At ${formatTime(timeMs)}: Too much was bad.`);
});
