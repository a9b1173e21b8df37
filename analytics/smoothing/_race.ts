/** Descents from several places, of which the most promising go on. */
import { descend, type Effort } from "./_descend.ts";
import { firstState } from "./_direction.ts";
import { NormalSolver } from "./_normal_solver.ts";
import type { Problem } from "./_problem.ts";
import { byObjective, fadingMax, kindOf, searchGrid, type Start } from "./_search_grid.ts";

/**
 * A few rounds from the best starts, then those that are still in sight of the best, each to its end. The result is
 * never worse than any start given.
 */
export function race(problem: Problem, given: readonly Float64Array[], effort: Effort): Start {
  const solver = new NormalSolver(problem);
  const run = (starts: readonly Start[], effort: Effort): Start[] =>
    starts.map(({ point }) => ({ point, objective: descend(problem, point, effort, solver) })).sort(
      byObjective,
    );
  // Anew for each use, as a run moves its points.
  const judge = (): Start[] =>
    given.map((point) => ({ point: point.slice(), objective: problem.evaluate(point) })).sort(byObjective);
  const known = judge();
  if (effort.starts === 1 && known.length > 0) return run(known.slice(0, 1), effort)[0];
  const { damped, seasonal } = problem.shape;
  const settles = effort.settles && seasonal !== "none";
  const grid = searchGrid(problem, solver, { known, settles });
  if (effort.starts === 1) return run(grid.slice(0, 1), effort)[0];

  const kept = known.slice(0, damped ? 2 : 1);
  const yardstick = Math.min(grid[0].objective, known[0]?.objective ?? Infinity);
  const hopeful = grid.filter(({ objective }) => !(objective > hopeless * yardstick));
  const fresh = known.length === 0 ? hopeful.slice(0, effort.starts) : [];
  // The best of each kind, and, where the trend is damped, one that fades at once.
  const kinds = new Map(hopeful.toReversed().map((start) => [kindOf(start.point, settles), start]));
  const fading = grid.find(({ point }) => damped && point[3] < fadingMax);
  for (const start of [...kinds.values(), fading]) {
    if (start === undefined || fresh.includes(start)) continue;
    if (!kept.some(({ point }) => isNear(problem, point, start.point))) fresh.push(start);
  }
  let field: Start[] = [...kept, ...fresh];
  for (const { rounds, sight } of heats) {
    if (field.length === 1) break;
    const reached = run(field, { ...effort, rounds, innerRounds: 6, tolerance: heatTolerance });
    field = [];
    for (const start of reached) {
      // The optimum of a smaller model is followed to the end: next to it lie others that gain faster and reach less.
      const near = start.point !== kept[0]?.point &&
        field.some(({ point }) => isNear(problem, point, start.point));
      if (!near && !(start.objective > reached[0].objective * sight)) field.push(start);
    }
  }
  const [best] = run(field, effort);
  const floor = judge().at(0);
  return floor !== undefined && floor.objective < best.objective ? run([floor], effort)[0] : best;
}

/** Rounds of each heat, and the share of its best objective within which a start stays in the race. */
const heats = [{ rounds: 2, sight: 1.2 }, { rounds: 2, sight: 1.05 }] as const;

/** How many times worse than the grid's best a start is not worth a heat. */
const hopeless = 1.3;

/** Gain below which a start needs no more rounds of a heat, and the difference in weights that tells two apart. */
const heatTolerance = 1e-4, apart = 0.04;

/** Compared in search coordinates: with a slow level, a trend that takes all of its moves and none are far apart. */
function isNear({ shape, region }: Problem, first: Float64Array, second: Float64Array): boolean {
  const { trend, damped, seasonal } = shape;
  const counts = [true, trend !== "none", seasonal !== "none", damped];
  for (let i = 0; i < firstState; i++) {
    if (counts[i] && region.free[i] && Math.abs(first[i] - second[i]) > apart) return false;
  }
  return true;
}
