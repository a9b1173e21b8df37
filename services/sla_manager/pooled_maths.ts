import { createLocalMaths, type Maths } from "./maths.ts";
export function openPooledMaths(): Maths & AsyncDisposable {
  return { ...createLocalMaths(), [Symbol.asyncDispose]: () => Promise.resolve() };
}
