import type { Route } from "playwright-core";
import type { Schemas } from "../../client/mod.ts";

/** What a page gets at some paths in place of what the services answer: for what the demo cannot show. */
export interface Answer {
  readonly path: RegExp;
  readonly give: (route: Route) => Promise<void>;
}

/** The service's own answer, changed. */
export function changed<Body>(path: RegExp, change: (body: Body) => unknown): Answer {
  return {
    path,
    give: async (route) => {
      const body: Body = await (await route.fetch()).json();
      await route.fulfill({ json: change(body) });
    },
  };
}

/** Answers 503 with that body, while it is `down`. */
export function failing(path: RegExp, body: () => unknown, down: () => boolean = () => true): Answer {
  return {
    path,
    give: (route) => down() ? route.fulfill({ status: 503, json: body() }) : route.continue(),
  };
}

/** Answers with that problem. */
export function refused(path: RegExp, problem: Schemas["Problem"]): Answer {
  const contentType = "application/problem+json";
  return {
    path,
    give: (route) => route.fulfill({ status: problem.status, contentType, body: JSON.stringify(problem) }),
  };
}

/** Is still being asked for, while it is `down`. */
export function pending(path: RegExp, down: () => boolean = () => true): Answer {
  return { path, give: async (route) => down() ? undefined : await route.continue() };
}
