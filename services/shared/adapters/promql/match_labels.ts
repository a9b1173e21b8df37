import { RE2JS } from "re2js";
import { DomainError } from "../../domain/errors.ts";
import type { Labels } from "../../domain/labels.ts";
import type { Matcher } from "../../domain/selector.ts";

const PATTERN_LENGTH_MAX = 1_000;

/**
 * Compiles matchers to a predicate over label sets, as Prometheus matches: anchored regular expressions of RE2
 * (linear time, so no pattern can hang the process), an absent label is an empty one.
 *
 * @throws {DomainError} `invalid` if a pattern is wrong or longer than 1,000 characters.
 */
export function compileMatchers(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map(compileMatcher);
  return (labels) => tests.every((test) => test(labels));
}

function compileMatcher({ label, operator, value }: Matcher): (labels: Labels) => boolean {
  const read = (labels: Labels) => Object.hasOwn(labels, label) ? labels[label] : "";
  if (operator === "=") return (labels) => read(labels) === value;
  if (operator === "!=") return (labels) => read(labels) !== value;
  const pattern = compilePattern(value);
  const wanted = operator === "=~";
  return (labels) => pattern.matches(read(labels)) === wanted;
}

function compilePattern(pattern: string): RE2JS {
  if (pattern.length > PATTERN_LENGTH_MAX) {
    throw new DomainError(
      "invalid",
      `Cannot match labels as a pattern is at most ${PATTERN_LENGTH_MAX} characters: found ${pattern.length}`,
    );
  }
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError("invalid", `Cannot match labels as a pattern must be RE2: ${reason}`, { cause });
  }
}
