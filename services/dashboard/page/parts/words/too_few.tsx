import type { VNode } from "preact";
import { serviceNowMs } from "../../clock.ts";
import { describeLacking, describeWait, horizonNow, type Wait } from "../../format/too_few.ts";
import { formatSpan } from "../../format/time.ts";
import { horizonMsOf } from "../../horizons.ts";
import { updateQuery } from "../../route.ts";

/** That it is not looked ahead for want of samples, when there are enough, and how far they reach now. */
export function TooFew({ of }: { readonly of: Wait }): VNode {
  const horizon = horizonNow(of);
  return (
    <>
      {describeLacking(of)} {describeWait(of, serviceNowMs())}
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
