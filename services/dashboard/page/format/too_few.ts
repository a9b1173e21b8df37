import { readDuration } from "../../../shared/domain/units/duration_text.ts";
import { NEARER } from "../horizons.ts";
import { formatAhead } from "./time.ts";

/** What a service waits for before it looks ahead. */
interface Wait {
  readonly found: number;
  readonly needed: number;
  readonly stepMs: number;
}

/** Fewer are too few to look ahead at all. */
const SAMPLES_LEAST = 20;

/** What of `describeTooFew` the page makes words of its own from; nothing of other reasons. */
function readWait(reason: string | undefined): Wait | undefined {
  const [, found, needed, step] = /^only (\d+) samples? so far: (\d+), one each (\w+),/.exec(reason ?? "") ??
    [];
  return step === undefined
    ? undefined
    : { found: Number(found), needed: Number(needed), stepMs: readDuration(step) };
}

/** The reason without what it adds for whoever asks the services themselves, which the page says in its own words. */
export function withoutWait(reason: string): string {
  return readWait(reason) === undefined ? reason : reason.replace(/, which is about .*$/, "");
}

/** Of a prediction that waits for samples, for a table: how many of them are there. Nothing of other reasons. */
export function countTooFew(reason: string | undefined): string | undefined {
  const wait = readWait(reason);
  return wait && `: ${wait.found} of ${wait.needed} samples yet`;
}

/** When those that are awaited are there, as a sentence; nothing of other reasons. */
export function describeWait(reason: string | undefined, nowMs: number): string | undefined {
  const wait = readWait(reason);
  if (wait === undefined) return undefined;
  return `If they go on coming, there are enough ${
    formatAhead(nowMs + (wait.needed - wait.found) * wait.stepMs, nowMs)
  }.`;
}

/** How far ahead can be looked from those that are there, as a link says it; nothing where no shorter time can. */
export function horizonNow(reason: string | undefined): string | undefined {
  const wait = readWait(reason);
  if (wait === undefined || wait.found < SAMPLES_LEAST) return undefined;
  return NEARER.find((horizon) => readDuration(horizon) <= wait.found * wait.stepMs);
}
