/** A service to run as a process: says what happens to it on standard output. */
import { z } from "zod";
import {
  type CommonShape,
  commonVariables,
  mysqlVariables,
} from "../../../../services/shared/runtime/config/variables.ts";
import { runService } from "../../../../services/shared/runtime/run.ts";

const Config = z.object(
  {
    ...commonVariables(0),
    ...mysqlVariables,
    MODE: z.enum(["normal", "failing", "hanging", "stray"]).prefault("normal") as z.ZodType<
      string,
      string | undefined
    >,
  } satisfies CommonShape & z.ZodRawShape,
);

await runService({
  service: "fixture",
  schema: Config,
  onStarted: (url) => console.log(`URL ${url}`),
  start: ({ MODE }, { signal, use }) => {
    use({ [Symbol.dispose]: () => console.log("FIRST RESOURCE CLOSED") });
    use({ [Symbol.asyncDispose]: () => Promise.resolve(console.log("SECOND RESOURCE CLOSED")) });
    if (MODE === "stray") {
      signal.addEventListener("abort", () => void Promise.reject(new Error("left behind")));
    }
    const done = MODE === "failing"
      ? Promise.reject(new Error("broken for good"))
      : MODE === "hanging"
      ? new Promise<void>(() => {})
      : MODE === "stray"
      ? new Promise<void>((resolve) => globalThis.addEventListener("unhandledrejection", () => resolve()))
      : new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    return {
      dependencies: { store: { ping: () => Promise.resolve(console.log("DEPENDENCY ASKED")) } },
      done,
      app: {
        async fetch(request) {
          if (new URL(request.url).pathname !== "/slow") return new Response("hello");
          console.log("SLOW REQUEST");
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          return new Response("finished");
        },
      },
    };
  },
});
