import { notStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { formatDuration } from "../../../../services/shared/domain/units/duration_text.ts";
import { warningKind } from "../../../../services/shared/domain/warning_kind.ts";

/** Each row is one warning, put in several ways. */
const SAME: readonly (readonly string[])[] = [
  ["1 infinite samples are read as missing", "12 infinite samples are read as missing"],
  [
    "5 of 505 series are not analysed as ETL_SERIES_MAX is 500: narrow ETL_SELECTORS or raise it",
    "1,205 of 1,505 series are not analysed as ETL_SERIES_MAX is 300: narrow ETL_SELECTORS or raise it",
  ],
  [
    "40 series are scraped as often as every 5s and analysed every 30s, as a window holds at most 17280 steps",
    "7 series are scraped as often as every 500ms and analysed every 1m30s, as a window holds at most 17280 steps",
  ],
  [
    "Dropped as they have no usable values in the window: 3 series, such as disk1_bytes",
    "Dropped as they have no usable values in the window: 12 series, such as disk1_bytes",
  ],
  ["It took 3.2 s", "It took 800 ms", "It took 3s", "It took 1m3.204s", "It took 12µs", "It took 5 min"],
  ["5 % are missing", "12.5% are missing", "0.1‰ are missing"],
  ["12\u202f345 left", "12_345 left", "12'345 left", "7 left", "-0.5 left", "1e-7 left"],
  ["read 900 MiB of data", "read 1.2 GiB of data", "read 12B of data"],
  ["it is late (3 s).", "it is late (12.5 s)."],
  ["more than expected: >5, <7", "more than expected: >12, <0.5"],
  [
    "fetch from MinTime: 1700000000000 MaxTime: 9223372036854775807: cut",
    "fetch from MinTime: 1 MaxTime: 2: cut",
  ],
  [
    "with a max diff of 0.25, over 12 samples from 2026-01-01T00:00:00Z to 2026-01-01T01:00:00Z (1:25)",
    "with a max diff of 1.5, over 9 samples from 2026-01-01T00:01:00.5Z to 2026-01-01T01:01:00+01:00 (1:25)",
  ],
  ["since 10:00:00 no answer", "since 07:31:12.5 no answer"],
];

for (const [first, ...others] of SAME) {
  for (const other of others) {
    Deno.test(`warningKind() is the same for "${first}" and "${other}"`, () => {
      strictEqual(warningKind(other), warningKind(first));
    });
  }
}

/** Each row is two warnings. */
const DIFFERENT: readonly (readonly [string, string])[] = [
  ["The samples of disk1 are incomplete", "The samples of disk2 are incomplete"],
  ["The samples of web-1 are incomplete", "The samples of web-2 are incomplete"],
  [
    `The samples of up{instance="web-1"} are incomplete`,
    `The samples of up{instance="web-2"} are incomplete`,
  ],
  [`The samples of up{shard="1"} are incomplete`, `The samples of up{shard="2"} are incomplete`],
  [`The samples of up{rack="row 1"} are incomplete`, `The samples of up{rack="row 2"} are incomplete`],
  ['a label is wrong: "say \\"rack 1\\" twice"', 'a label is wrong: "say \\"rack 2\\" twice"'],
  ["The samples of 'row 1' are incomplete", "The samples of 'row 2' are incomplete"],
  ["The samples of `row 1` are incomplete", "The samples of `row 2` are incomplete"],
  [`h_bucket{le="0.5"} is missing`, `h_bucket{le="1"} is missing`],
  ["h_bucket{le=0.5} is missing", "h_bucket{le=1} is missing"],
  ["10.0.0.1:9100 did not answer", "10.0.0.2:9100 did not answer"],
  ["10.0.0.1:9100 did not answer", "10.0.0.1:9101 did not answer"],
  ["10.0.0.1 did not answer.", "10.0.0.2 did not answer."],
  ["[fe80::1]:9090 did not answer", "[fe80::2]:9090 did not answer"],
  ["http://db-1:9090/api/v1/read did not answer", "http://db-2:9090/api/v1/read did not answer"],
  ["rate(x[5m]) is incomplete", "rate(x[15m]) is incomplete"],
  ["quantile(0.5, x) is incomplete", "quantile(0.9, x) is incomplete"],
  ["metric might not be a counter (1:6)", "metric might not be a counter (1:25)"],
  ["p99 is missing", "p95 is missing"],
  ["Slow", "Gone"],
  ["12 series have no value", "12 samples have no value"],
];

for (const [a, b] of DIFFERENT) {
  Deno.test(`warningKind() tells "${a}" from "${b}"`, () => notStrictEqual(warningKind(a), warningKind(b)));
}

const WORD = fc.stringMatching(/^[a-z]{1,8}$/);
const MEASURE = fc.oneof(
  fc.nat().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.nat().map((value) => value.toLocaleString("en")),
  fc.integer({ min: 1, max: 1e12 }).map(formatDuration),
  fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") }).map((date) =>
    date.toISOString()
  ),
);

Deno.test("warningKind() depends on no measure, wherever it stands", () => {
  const template = fc.array(fc.oneof(WORD, fc.constant(undefined)), { maxLength: 8 });
  fc.assert(
    fc.property(template, fc.infiniteStream(MEASURE), fc.infiniteStream(MEASURE), (words, some, others) => {
      const put = (measures: Iterator<string>) =>
        words.map((word) => word ?? measures.next().value).join(" said ");
      strictEqual(warningKind(put(some)), warningKind(put(others)));
    }),
  );
});

Deno.test("warningKind() keeps every name", () => {
  const name = fc.oneof(
    fc.stringMatching(/^[a-zA-Z_:][\w:.-]{0,12}$/),
    fc.string().map((value) => JSON.stringify(value)),
    fc.ipV4(),
    fc.tuple(fc.ipV4(), fc.nat(65_535)).map(([host, port]) => `${host}:${port}`),
  );
  fc.assert(fc.property(name, (name) => {
    strictEqual(
      warningKind(`The samples of ${name} are incomplete`),
      `The samples of ${name} are incomplete`,
    );
  }));
});

Deno.test("warningKind() of a kind is the kind, whatever the text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(
      fc.constantFrom(`"`, "'", "`", "\\", "1", "23", "12,345", ".", ":", "(", ")", " ", "s", "m", "%", "-"),
    ).map(
      (parts) => parts.join(""),
    ),
  );
  fc.assert(fc.property(text, (text) => {
    const kind = warningKind(text);
    strictEqual(warningKind(kind), kind);
    strictEqual(kind.length <= text.length, true);
  }));
});
