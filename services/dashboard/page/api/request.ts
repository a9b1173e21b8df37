import {
  answerOf,
  ApiError,
  createPronoiaClient,
  type Page,
  type PronoiaClient,
  readAll,
  type Schemas,
} from "../../../../client/mod.ts";
import { hearServiceTime } from "../clock.ts";
import { readToken } from "./token.ts";

export { answerOf, ApiError, type Schemas };

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

/** Items per page when a whole list is read: the most a service gives. */
const PAGE_ITEMS = 1_000;

/** One page of a list, as the client answers. */
type ListAnswer<Item> = Parameters<typeof answerOf<Page<Item>>>[0];

/** Reads a list page by page, up to `max` items; `load` asks for the page that the query names. */
export function readList<Item>(
  max: number,
  load: (query: { readonly limit: number; readonly cursor?: string }) => ListAnswer<Item>,
): Promise<Item[]> {
  return readAll((cursor) => answerOf(load({ limit: PAGE_ITEMS, cursor })), max);
}
