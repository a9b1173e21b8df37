import type { OutgoingMessage } from "../../services/shared/ports/message_bus.ts";
import { forecastMessage, metadataMessage, statisticsMessage } from "./result_messages.ts";

const encoder = new TextEncoder();

/** The bytes of a message as they travel. */
export function encode(message: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(message));
}

/** A message as etl sends it. */
export function outgoing(
  message: { readonly series: { readonly id: string }; readonly kind: string },
): OutgoingMessage {
  return { key: message.series.id, value: encode(message), headers: { kind: message.kind, version: "1" } };
}

const good = statisticsMessage();
const text = (json: string) => encoder.encode(json);
const goodText = JSON.stringify(good);

/** Everything a topic may hold that is no message, by what is wrong with it, and what the reason must say. */
export const POISON: Readonly<
  Record<string, { readonly value: Uint8Array | null; readonly reason: RegExp }>
> = {
  "not JSON": { value: text("{nonsense"), reason: /not JSON/ },
  "cut off": { value: text(goodText.slice(0, -5)), reason: /not JSON/ },
  "empty": { value: new Uint8Array(0), reason: /empty/ },
  "a tombstone": { value: null, reason: /tombstone/ },
  "not UTF-8": { value: Uint8Array.of(0x22, 0xff, 0xfe, 0x22), reason: /not UTF-8/ },
  "too long": {
    value: text(JSON.stringify({ ...good, padding: "x".repeat(2_000_000) })),
    reason: /at most \d+ bytes/,
  },
  "JSON but no object": { value: text("[1,2,3]"), reason: /./ },
  "JSON null": { value: text("null"), reason: /./ },
  "of a later version": { value: encode({ ...good, version: 2 }), reason: /version must be 1: found 2/ },
  "without a version": { value: encode({ ...good, version: undefined }), reason: /version/ },
  "of an unknown kind": { value: encode({ ...good, kind: "gossip" }), reason: /kind/ },
  "without its series": { value: encode({ ...good, series: undefined }), reason: /series/ },
  "without a field": { value: encode({ ...good, toMs: undefined }), reason: /toMs/ },
  "of a wrong id": {
    value: encode({ ...good, series: { ...good.series, id: "'; DROP TABLE" } }),
    reason: /series\.id/,
  },
  "NaN as text": { value: text(goodText.replace('"mean":0.1', '"mean":"NaN"')), reason: /mean/ },
  "NaN": { value: text(goodText.replace('"mean":0.1', '"mean":NaN')), reason: /not JSON/ },
  "infinite": { value: text(goodText.replace('"mean":0.1', '"mean":1e999')), reason: /mean/ },
  "of a fractional time": { value: encode({ ...good, toMs: 1.5 }), reason: /toMs/ },
  "of a time beyond 2^53": {
    value: text(goodText.replace('"toMs":3600000', '"toMs":9007199254740993')),
    reason: /toMs/,
  },
  "of a negative count": { value: encode({ ...good, count: -1 }), reason: /count/ },
  "of a window that is none": { value: encode({ ...good, window: "'; --" }), reason: /window/ },
  "of an empty range": { value: encode({ ...good, fromMs: good.toMs }), reason: /fromMs/ },
  "labels that are no text": {
    value: encode({ ...good, series: { ...good.series, labels: { a: 1 } } }),
    reason: /labels/,
  },
  "bounds of another length": { value: encode({ ...forecastMessage(), lower: [1] }), reason: /equally long/ },
  "lags of another length": {
    value: encode({
      ...metadataMessage(),
      autocorrelation: { ...metadataMessage().autocorrelation, lower: [] },
    }),
    reason: /equally long/,
  },
};
