import { Fragment, type VNode } from "preact";

/**
 * A PromQL expression; where it is too long for its line it is broken before what is in brackets, or after a comma.
 */
export function Expression({ text }: { readonly text: string }): VNode {
  const pieces = text.split(/(?<=[{(,])/);
  return <code>{pieces.map((piece, k) => <Fragment key={k}>{k > 0 && <wbr />}{piece}</Fragment>)}</code>;
}
