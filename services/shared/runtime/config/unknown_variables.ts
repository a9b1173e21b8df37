import { type ConfigSchema, type Environment, variableNames } from "./config.ts";
import { analysisVariables } from "./variables.ts";

/**
 * Beginnings of names that are ours alone; a name that begins with `KAFKA_`, say, may be meant for another program.
 */
const PREFIXES = ["DEMO_", "ETL_", "LINK_", "SLA_", "STORAGE_"];

/** What Kubernetes tells of a service that is called as one of ours. */
const SERVICE_LINK = /_(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT(?:_\d+_(?:TCP|UDP).*)?)$/;

/** A variable that nothing reads. */
export interface UnknownVariable {
  readonly variable: string;
  /** The known one that it resembles. */
  readonly meant: string | undefined;
}

/**
 * Beginnings of names that whoever has this schema answers for. What it shares with another process (`ETL_WINDOWS`)
 * does not make the other's variables its own.
 */
export function ownPrefixes(schema: ConfigSchema): string[] {
  const own = Object.keys(schema.shape).filter((name) => !(name in analysisVariables));
  return PREFIXES.filter((prefix) => own.some((name) => name.startsWith(prefix)));
}

/** The variables of an environment that begin as ours do and are none of them: misspelt, most likely. */
export function findUnknownVariables(schema: ConfigSchema, env: Environment): UnknownVariable[] {
  const known = variableNames(schema);
  const prefixes = ownPrefixes(schema);
  return Object.keys(env).sort()
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))
    .filter((name) => !known.includes(name) && !SERVICE_LINK.test(name))
    .map((variable) => ({ variable, meant: closest(variable, known) }));
}

/** That nothing reads a variable, in words. */
export function describeUnknown({ variable, meant }: UnknownVariable): string {
  return `${variable} is not known${meant === undefined ? "" : `: did you mean ${meant}?`}`;
}

/** As many letters may be wrong, missing or too many. */
const TYPOS_MAX = 3;

function closest(name: string, known: readonly string[]): string | undefined {
  const near = known.map((each) => ({ each, typos: countTypos(name, each) }))
    .filter(({ typos }) => typos <= TYPOS_MAX)
    .sort((a, b) => a.typos - b.typos);
  return near[0]?.each;
}

/** The Levenshtein distance: letters to put in, take out or change. */
function countTypos(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = above[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(changed, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[to.length];
}
