import { ok, strictEqual, throws } from "node:assert/strict";

/** What is given to a function, and the name and words of the error it answers with. */
export type Refusal = readonly [
  what: string,
  values: ArrayLike<number>,
  options: unknown,
  name: string,
  message: string,
];

/** Registers a test for each refusal: all say what can't be done, and each why. */
export function testRefusals<Options>(
  run: (values: ArrayLike<number>, options: Options) => unknown,
  { cannot, of }: { readonly cannot: string; readonly of: readonly Refusal[] },
): void {
  for (const [what, values, options, name, message] of of) {
    Deno.test(`${run.name}() throws on ${what}`, () => {
      throws(() => run(values, options as Options), (error: Error) => {
        strictEqual(error.name, name);
        ok(error.message.startsWith(`Cannot ${cannot} as `), error.message);
        ok(error.message.includes(message), error.message);
        return true;
      });
    });
  }
}
