import type { ComponentChildren, VNode } from "preact";
import { NOT_YET } from "../../../shared/domain/errors.ts";
import { ApiError } from "../api/request.ts";
import { isNothingNew, outages } from "../current_outages.ts";
import { asSentence } from "../format/sentence.ts";
import type { Live } from "../live.ts";
import { Ago } from "./words/time.tsx";

interface AnswerProps<Value> {
  readonly of: Live<Value>;
  /** What is read, for the words shown while it is not there: "the forecast". */
  readonly what: string;
  /** Said instead of "Loading …", where it takes a while to be worked out. */
  readonly working?: string;
  /** Made from samples each time: while their source is down, nothing comes however long it is waited for. */
  readonly fromSource?: boolean;
  /** Room kept while it loads, so that what is below stays where it is; the second on a narrow screen. */
  readonly heightPx?: readonly [wide: number, narrow: number];
  readonly children: (value: Value) => ComponentChildren;
}

/** Shows a live answer in each of its states: loading, there, stale since when, failed. */
export function Answer<Value>(
  { of, what, working, fromSource, heightPx, children }: AnswerProps<Value>,
): VNode {
  if (of.value === undefined) {
    if (of.error === undefined && fromSource && isNothingNew()) {
      return <p class="notice notice-error" role="alert">Cannot show {what}. The reason is at the top.</p>;
    }
    return of.error === undefined
      ? (
        <p class="loading" role="status" style={heightPx && roomFor(heightPx)}>
          {working ?? `Loading ${what} …`}
        </p>
      )
      : <Failure error={of.error} what={what} retry={of.refresh} />;
  }
  return (
    <>
      {of.error !== undefined && (
        <p class="notice notice-stale" role="status">
          Stale: {what} of <Ago atMs={of.loadedAtMs} />. {whyNot(of.error)}{" "}
          <button type="button" class="link" onClick={of.refresh}>Try again</button>
        </p>
      )}
      {children(of.value)}
    </>
  );
}

/** Room of a height for the class `loading`. */
export function roomFor([widePx, narrowPx]: readonly [wide: number, narrow: number]): Record<string, string> {
  return { "--room": `${widePx}px`, "--narrow-room": `${narrowPx}px` };
}

/** A failed answer in the words of the service. */
export function Failure(
  { error, what, retry }: { readonly error: Error; readonly what: string; readonly retry?: () => void },
): VNode {
  if (error instanceof ApiError && error.type === NOT_YET) {
    return (
      <p class="empty" role="status">
        Not there yet: the first cycle of a series that has a few samples brings {what}.
      </p>
    );
  }
  const why = whyNot(error);
  return (
    <p class="notice notice-error" role="alert">
      {why.startsWith("Cannot ") ? "" : `Cannot show ${what}. `}
      {why} {retry !== undefined && <button type="button" class="link" onClick={retry}>Try again</button>}
    </p>
  );
}

/** Why there is no answer; short where the top of the page says it at length. */
function whyNot(error: Error): string {
  const isToldAbove = error instanceof ApiError && (error.status === 0 || error.status >= 502);
  return isToldAbove && outages.value.length > 0 ? "The reason is at the top." : asSentence(error.message);
}
