import {
  answerOf,
  ApiError,
  createPronoiaClient,
  type PronoiaClient,
  readAll,
  type Schemas,
} from "../../../../client/mod.ts";
import { hearServiceTime } from "../clock.ts";
import { readToken } from "./token.ts";

export { answerOf, ApiError, readAll, type Schemas };

/** Items per page when a whole list is read: the most a service gives. */
export const PAGE_ITEMS = 1_000;

/** The services of this origin; its address is relative, so the page works under any prefix. */
export const services: PronoiaClient = createPronoiaClient({
  url: ".",
  token: readToken,
  fetch: async (request) => {
    const response = await fetch(request);
    hearServiceTime(response.headers.get("date"));
    return response;
  },
});
