import { createRoute, z } from "@hono/zod-openapi";
import { DomainError } from "../../shared/domain/errors.ts";
import { count, text } from "../../shared/domain/fields.ts";
import type { ServiceApp } from "../../shared/runtime/http/http.ts";
import { json } from "../../shared/runtime/http/json.ts";
import { listQuery, pageOf } from "../../shared/runtime/http/list_query.ts";
import { problems } from "../../shared/runtime/http/problem.ts";
import { listDeadLetters } from "../list_dead_letters.ts";
import type { StorageParts } from "../parts.ts";
import { replayDeadLetters } from "../replay_dead_letters.ts";

const position = {
  partition: count("Partition of the topic", 3),
  offset: text("Offset within the partition", "1024"),
};

const DeadLetter = z.object({
  ...position,
  reason: text("Why it could not be stored", "the value is no JSON"),
  source: z.object({ topic: text("Topic", "prometheusdata"), ...position }).nullable().describe(
    "Where it was found; null if the letter does not say",
  ),
  key: text("Key of the message, the id of a series", "0123456789abcdef"),
  value: z.string().nullable().meta({
    description: "The beginning of its value as text; null for a tombstone",
    example: '{"version":1,"kind":"forec',
  }),
  valueBytes: count("Length of the whole value, bytes", 4_096),
  replayed: z.boolean().describe("Whether a replay has been over it"),
}).meta({ id: "DeadLetter", description: "A message that could not be stored" });

const Replay = z.object({
  replayed: count("Letters that are messages now and were published again", 3),
  rejected: count("Letters that still are none; they stay", 1),
  waiting: count("Letters the replay did not get to in time: ask again", 0),
}).meta({ id: "Replay", description: "What a replay did" });

const list = createRoute({
  method: "get",
  path: "/dead-letters",
  operationId: "listDeadLetters",
  tags: ["Dead letters"],
  summary: "Messages that could not be stored",
  description: "Oldest first, each with the reason and where it was found.",
  request: { query: z.object(listQuery) },
  responses: {
    200: json(pageOf(DeadLetter), "A page of letters"),
    ...problems(422, 503),
  },
});

const replay = createRoute({
  method: "post",
  path: "/dead-letters/replay",
  operationId: "replayDeadLetters",
  tags: ["Dead letters"],
  summary: "Try dead letters again",
  description:
    "Each letter that no replay has been over is read again, and published again if it is a message now.",
  responses: {
    200: json(Replay, "What was done"),
    ...problems(401, 409, 503),
  },
});

/** Adds the routes of dead letters. */
export function addDeadLetterRoutes(app: ServiceApp, { bus, signal }: StorageParts): void {
  let replaying = false;
  app.openapi(list, async (c) => {
    const { items, nextCursor } = await listDeadLetters(bus, c.req.valid("query"));
    return c.json({ items: items.map((letter) => ({ ...letter })), nextCursor }, 200);
  });
  app.openapi(replay, async (c) => {
    if (replaying) throw new DomainError("conflict", "Cannot replay dead letters as a replay is under way");
    replaying = true;
    try {
      return c.json(await replayDeadLetters(bus, { signal }), 200);
    } finally {
      replaying = false;
    }
  });
}
