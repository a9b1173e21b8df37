import { createHash } from "node:crypto";

/** The SHA-256 of a text: a key of fixed length whatever the text. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
