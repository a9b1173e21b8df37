import { createRoute, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { DomainError } from "../../shared/domain/errors.ts";
import type { PageRequest } from "../../shared/domain/page.ts";
import { requireOrder } from "../../shared/domain/requested_range.ts";
import { SlaEvent } from "../../shared/domain/sla/sla_event.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { EventFeed } from "../events/event_feed.ts";
import { followEvents } from "../events/follow_events.ts";
import { idParameter, spanQuery } from "./_parameters.ts";
import { readPage } from "./_read_page.ts";

/** What these routes answer from. */
export interface EventRouteParts {
  readonly evaluator: Evaluator;
  readonly feed: EventFeed;
  /** Ends live feeds. */
  readonly signal: AbortSignal;
}

const ORDER =
  "In the order of `sequence`: what is known late, such as a violation that was tolerated at first, may be of a time " +
  "(`atMs`) before what was told before it.";

/** Adds the routes of what changed. */
export function addEventRoutes(app: ServiceApp, { evaluator, feed, signal }: EventRouteParts): void {
  const { store, clock } = evaluator.parts;

  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/events",
      operationId: "listEvents",
      tags: ["SLA events"],
      summary: "What changed, newest first",
      description: `Of every SLA, also of those that are gone. ${ORDER}`,
      request: { query: z.object({ ...listQuery, ...spanQuery }) },
      responses: { 200: json(pageOf(SlaEvent), "One page"), ...problems(422, 503) },
    }),
    async (c) => {
      const { fromMs, toMs, ...page } = c.req.valid("query");
      requireOrder({ fromMs, toMs });
      return c.json(await readPage("events", page, (each) => store.events.list({ fromMs, toMs }, each)), 200);
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/events/stream",
      operationId: "streamEvents",
      tags: ["SLA events"],
      summary: "What changes, as it happens (server-sent events)",
      description: "Each event as JSON; `Last-Event-ID` reads on where a stream broke off.",
      request: {
        headers: z.object({
          "last-event-id": z.string().regex(/^\d{0,15}$/, "must be the id of an event of this stream")
            .optional()
            .meta({ description: "Id of the last event seen", example: "42" }),
        }),
      },
      responses: {
        200: {
          description: "A stream; each id is the event's sequence",
          content: {
            "text/event-stream": {
              schema: z.string().meta({ description: "Events as `event:`, `id:` and `data:` lines" }),
            },
          },
        },
        ...problems(422),
      },
    }),
    (c) => {
      const after = readSequence(c.req.valid("header")["last-event-id"]);
      return streamSSE(c, async (stream) => {
        const ended = new AbortController();
        stream.onAbort(() => ended.abort());
        await followEvents({ store, feed, clock, after, signal: AbortSignal.any([signal, ended.signal]) }, {
          event: (event) =>
            stream.writeSSE({ event: event.kind, id: String(event.sequence), data: JSON.stringify(event) }),
          idle: async () => {
            await stream.write(": still here\n\n");
          },
        });
      });
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/slas/{id}/events",
      operationId: "listSlaEvents",
      tags: ["SLA events"],
      summary: "What changed with one SLA, newest first",
      description: `Also of an SLA that is gone. ${ORDER}`,
      request: { params: idParameter, query: z.object({ ...listQuery, ...spanQuery }) },
      responses: {
        200: json(pageOf(SlaEvent), "One page; also of an SLA that is gone"),
        ...problems(404, 422, 503),
      },
    }),
    async (c) => {
      const { id: slaId } = c.req.valid("param");
      const { fromMs, toMs, ...page } = c.req.valid("query");
      requireOrder({ fromMs, toMs });
      const list = (each: PageRequest) => store.events.list({ slaId, fromMs, toMs }, each);
      const events = await readPage(`events of ${slaId}`, page, list);
      if (events.items.length === 0) await evaluator.show(slaId);
      return c.json(events, 200);
    },
  );
}

function readSequence(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const fields = [{ field: "last-event-id", message: "must be the id of an event of this stream" }];
  throw new DomainError("invalid", "Cannot follow the events as the last event's id is none", { fields });
}
