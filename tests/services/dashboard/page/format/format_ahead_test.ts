import { match, strictEqual } from "node:assert/strict";
import { formatAhead, formatBy, formatUntil } from "../../../../../services/dashboard/page/format/time.ts";

const NOW = new Date(2026, 10, 23, 14, 30).getTime();
const HOUR_MS = 3_600_000;

Deno.test("formatAhead() says days ahead by the day, and hours ahead by the minute", () => {
  const december = new Date(NOW + 23 * 24 * HOUR_MS).toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
  });
  strictEqual(formatAhead(NOW + 23.14 * 24 * HOUR_MS, NOW), `about ${december}`);
  strictEqual(formatAhead(NOW + 3 * HOUR_MS, NOW), "at 17:30");
  match(formatAhead(NOW + 20 * HOUR_MS, NOW), /^at 10:30 on .*24/);
  strictEqual(formatBy(NOW + 3 * HOUR_MS, NOW), "by 17:30");
  strictEqual(formatBy(NOW + 23.14 * 24 * HOUR_MS, NOW), `by ${december}`);
});

Deno.test("formatAhead() says the nearest minute, as what is expected is not known by the second", () => {
  strictEqual(formatAhead(NOW + 29_000, NOW), "at 14:30");
  strictEqual(formatAhead(NOW + 45_000, NOW), "at 14:31");
});

Deno.test("formatUntil() counts whole days where it is days", () => {
  strictEqual(formatUntil(23.14 * 24 * HOUR_MS), "in 23 d");
  strictEqual(formatUntil(3.5 * HOUR_MS), "in 3.5 h");
});
