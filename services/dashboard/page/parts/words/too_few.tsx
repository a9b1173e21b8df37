import type { VNode } from "preact";
import { serviceNowMs } from "../../clock.ts";
import { asSentence } from "../../format/sentence.ts";
import { describeWait, horizonNow, withoutWait } from "../../format/too_few.ts";
import { formatSpan } from "../../format/time.ts";
import { horizonMsOf } from "../../horizons.ts";
import { updateQuery } from "../../route.ts";

/**
 * Why it is not looked ahead; where that is for want of samples, when there are enough, and how far they reach now.
 */
export function TooFew({ reason }: { readonly reason: string }): VNode {
  const wait = describeWait(reason, serviceNowMs());
  const horizon = horizonNow(reason);
  return (
    <>
      {asSentence(withoutWait(reason))}
      {wait !== undefined && ` ${wait}`}
      {horizon !== undefined && (
        <>
          {" "}
          <button type="button" class="link" onClick={() => updateQuery({ horizon })}>
            Look {formatSpan(horizonMsOf(horizon, undefined))} ahead
          </button>
        </>
      )}
    </>
  );
}
