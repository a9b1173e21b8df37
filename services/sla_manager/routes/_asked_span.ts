import { readEnds, type RequestedRange } from "../../shared/domain/requested_range.ts";
import { Duration } from "../../shared/domain/units/duration.ts";
import { DURATION_PATTERN, formatDuration } from "../../shared/domain/units/duration_text.ts";
import type { ViolationSpan } from "../answers/answer_violations.ts";
import { spanQuery } from "./_parameters.ts";

const trailingWindow = Duration
  .refine((ms) => ms >= 1_000 && ms <= 366 * 86_400_000, "must be between 1s and 366d").optional()
  .meta({
    type: "string",
    pattern: DURATION_PATTERN.source,
    description: "Trailing window, default 1h",
    example: "3h",
  });

/** The query parameters of a span: a trailing window, or a range. */
export const askedSpanQuery = { window: trailingWindow, ...spanQuery };

/** The window where nothing else is asked for. */
export const WINDOW_DEFAULT = "1h";

/** The span that is asked for; `trailing` knows where a window ends. */
export function readSpan(
  range: RequestedRange,
  trailing: (window: string) => ViolationSpan,
): ViolationSpan {
  const { window } = range;
  const ends = readEnds(range);
  if (ends === null) return trailing(window === undefined ? WINDOW_DEFAULT : formatDuration(window));
  return { window: formatDuration(ends.toMs - ends.fromMs), asked: "fromMs", ...ends };
}
