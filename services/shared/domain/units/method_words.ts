import { formatPeriod } from "./duration_text.ts";

/** A longer name of a method is cut down to what it is at heart. */
const NAME_LENGTH = 64;

/** What a name counts in steps: its seasons, and how far back a line looks. */
const SEASONS = /\bseasons? (\d+(?: and \d+)*)/g;
const REACH = /\b(recent line|seasonal naive) \((\d+)\)/g;

/** The whole name of a forecasting method, its steps as time: "seasons 1920" is "season 16 h" at 30 s a step. */
export function methodInTime(name: string, stepMs: number): string {
  const time = (steps: string) => formatPeriod(Number(steps) * stepMs);
  return name
    .replaceAll(SEASONS, (_, steps: string) => {
      const times = steps.split(" and ").map(time);
      return `${times.length === 1 ? "season" : "seasons"} ${times.join(" and ")}`;
    })
    .replaceAll(REACH, (_, method: string, steps: string) => `${method} (${time(steps)})`);
}

/** A forecasting method in few words: of a blend what it blends, of a long name its head. */
export function shortMethod(whole: string, stepMs: number): string {
  const name = methodInTime(whole, stepMs);
  if (!name.startsWith("blend of ")) return name.length <= NAME_LENGTH ? name : headOf(name);
  const counts = new Map<string, number>();
  for (const part of name.slice("blend of ".length).split(" + ")) {
    counts.set(headOf(part), (counts.get(headOf(part)) ?? 0) + 1);
  }
  const parts = [...counts].map(([head, count]) => count === 1 ? head : `${numeral(count)} kinds of ${head}`);
  return parts.length === 1
    ? `blend of ${parts[0]}`
    : `blend of ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Of methods that are told side by side: in few words where these tell one from the others, else whole. */
export function shortMethods(names: readonly string[], stepMs: number): readonly string[] {
  const texts = names.map((name) => shortMethod(name, stepMs));
  return texts.map((text, k) =>
    texts.indexOf(text) === texts.lastIndexOf(text) ? text : methodInTime(names[k], stepMs)
  );
}

function numeral(count: number): string {
  return ["two", "three", "four"][count - 2] ?? String(count);
}

/** Without what it is set to: "autoregression, season 16 h" is an autoregression. */
function headOf(name: string): string {
  return name.split(/,| of logarithms/)[0];
}
