import * as promql from "@prometheus-io/lezer-promql";
import type { Matcher, MatchOperator } from "../../domain/selector.ts";
import { readDuration } from "../../domain/units/duration_text.ts";
import { unquote } from "./unquote.ts";

/** What the adapters need to know of a PromQL expression; anything they cannot take apart is `other`. */
export type ParsedExpression =
  | { readonly kind: "selector"; readonly selector: Selector; readonly reads: readonly ReadSelector[] }
  | {
    readonly kind: "rate";
    readonly selector: Selector;
    readonly rangeMs: number;
    readonly reads: readonly ReadSelector[];
  }
  | { readonly kind: "other"; readonly reads: readonly ReadSelector[] }
  | { readonly kind: "error"; readonly position: number; readonly reads: readonly ReadSelector[] };

/** A selector as its conditions, the metric name among them under `__name__`. */
export interface Selector {
  readonly matchers: readonly Matcher[];
}

/** A selector within an expression. */
export interface ReadSelector extends Selector {
  /** True under `[…]`: a range or a subquery, as `rate` takes. */
  readonly inRange: boolean;
}

type SyntaxNode = ReturnType<typeof promql.parser.parse>["topNode"];

/** What people write is limited where they write it; the selector of a series holds its labels, however long. */
const EXPRESSION_LENGTH_MAX = 100_000;

/**
 * Parses PromQL by Prometheus' own grammar.
 *
 * The grammar knows shapes, not types: `rate(x)` parses. Prometheus has the last word on an expression sent to it.
 */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > EXPRESSION_LENGTH_MAX) {
    return { kind: "error", position: EXPRESSION_LENGTH_MAX, reads: [] };
  }
  const tree = promql.parser.parse(text);
  const reads: ReadSelector[] = [];
  let error: number | undefined;
  tree.iterate({
    enter(node) {
      if (node.type.isError) error ??= node.from;
      if (node.type.id === promql.VectorSelector && error === undefined) {
        reads.push({ ...readSelector(node.node, text), inRange: isInRange(node.node) });
      }
    },
  });
  if (error !== undefined) return { kind: "error", position: error, reads: [] };
  const top = withoutParentheses(tree.topNode.firstChild);
  if (top === null) return { kind: "error", position: 0, reads: [] };
  if (top.type.id === promql.VectorSelector) return { kind: "selector", selector: reads[0], reads };
  const range = rangeOfRate(top);
  if (range !== null) {
    const duration = range.getChild(promql.DurationExpr);
    const rangeMs = duration === null ? NaN : durationMs(text.slice(duration.from, duration.to));
    if (rangeMs > 0) return { kind: "rate", selector: reads[0], rangeMs, reads };
  }
  return { kind: "other", reads };
}

function readSelector(node: SyntaxNode, text: string): Selector {
  const slice = (child: SyntaxNode) => text.slice(child.from, child.to);
  const matchers: Matcher[] = [];
  const name = node.getChild(promql.Identifier);
  if (name !== null) matchers.push({ label: "__name__", operator: "=", value: slice(name) });
  const list = node.getChild(promql.LabelMatchers);
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.type.id === promql.QuotedLabelName) {
      matchers.push({ label: "__name__", operator: "=", value: unquote(slice(child)) });
      continue;
    }
    const label = child.getChild(promql.LabelName) ?? child.getChild(promql.QuotedLabelName);
    const operator = child.getChild(promql.MatchOp);
    const value = child.getChild(promql.StringLiteral);
    if (label === null || operator === null || value === null) continue;
    matchers.push({
      label: label.type.id === promql.LabelName ? slice(label) : unquote(slice(label)),
      operator: slice(operator) as MatchOperator,
      value: unquote(slice(value)),
    });
  }
  return { matchers };
}

function isInRange(node: SyntaxNode): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type.id === promql.MatrixSelector || parent.type.id === promql.SubqueryExpr) return true;
  }
  return false;
}

function withoutParentheses(node: SyntaxNode | null): SyntaxNode | null {
  let inner = node;
  while (inner !== null && inner.type.id === promql.ParenExpr) inner = inner.firstChild;
  return inner;
}

/** The range selector of `rate(selector[d])`, `null` if the node is anything else. */
function rangeOfRate(node: SyntaxNode): SyntaxNode | null {
  if (node.type.id !== promql.FunctionCall) return null;
  if (node.getChild(promql.FunctionIdentifier)?.getChild(promql.Rate) == null) return null;
  const argument = node.getChild(promql.FunctionCallBody)?.firstChild ?? null;
  return argument?.type.id === promql.MatrixSelector && argument.nextSibling === null ? argument : null;
}

function durationMs(text: string): number {
  try {
    // Prometheus 3 also takes plain seconds.
    return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : readDuration(text);
  } catch {
    return NaN;
  }
}
