import { randomBytes } from "node:crypto";

/**
 * A new id, ordered by time: 48 bits of epoch milliseconds and 80 random ones, as 32 hex digits. Ids made in one
 * millisecond have no order among each other.
 */
export function createSlaId(nowMs: number, random: (bytes: number) => Uint8Array = randomBytes): string {
  const hex = Array.from(random(10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return Math.floor(nowMs).toString(16).padStart(12, "0") + hex;
}
