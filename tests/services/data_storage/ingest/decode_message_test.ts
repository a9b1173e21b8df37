import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { decodeMessage } from "../../../../services/data_storage/ingest/decode_message.ts";
import type { IncomingMessage } from "../../../../services/shared/ports/message_bus.ts";
import { encode, POISON } from "../../../support/poison.ts";
import {
  forecastMessage,
  metadataMessage,
  seriesOf,
  statisticsMessage,
} from "../../../support/result_messages.ts";

function incoming(value: Uint8Array | null): IncomingMessage {
  return { topic: "t", partition: 0, offset: "0", key: "k", value, headers: {} };
}

for (const [name, { value, reason }] of Object.entries(POISON)) {
  Deno.test(`decodeMessage() says why a message that is ${name} is none`, () => {
    const decoded = decodeMessage(incoming(value));
    ok("reason" in decoded, "it was taken for a message");
    match(decoded.reason, reason);
    ok(decoded.reason.length <= 501);
  });
}

for (const message of [statisticsMessage(), metadataMessage(), forecastMessage()]) {
  Deno.test(`decodeMessage() reads ${message.kind} exactly`, () => {
    deepStrictEqual(decodeMessage(incoming(encode(message))), { result: message });
  });
}

Deno.test("decodeMessage() keeps a label called __proto__", () => {
  const message = statisticsMessage({
    series: seriesOf("m", JSON.parse('{"__proto__":"p","toString":"s"}')),
  });
  const decoded = decodeMessage(incoming(encode(message)));
  ok("result" in decoded);
  strictEqual(JSON.stringify(decoded.result.series), JSON.stringify(message.series));
});

Deno.test("decodeMessage() keeps hostile labels and extreme numbers", () => {
  const series = seriesOf("päth \u0000 ' \" \\", { "日本": "'; DROP TABLE series; --", "": " " });
  const message = statisticsMessage({ series, min: -1.7976931348623157e308, max: 5e-324, mean: null });
  deepStrictEqual(decodeMessage(incoming(encode(message))), { result: message });
});
