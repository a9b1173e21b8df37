import { dirname } from "node:path";
import { messageOf } from "../shared/domain/message_of.ts";
import { ConfigError } from "../shared/runtime/config/config.ts";

/**
 * Makes the file and its folder where they are missing, and sees that it can be written: a process that can keep
 * nothing must say so at once, and not with each attempt.
 *
 * @throws {ConfigError} If that is not so.
 */
export function requireDataFile(path: string): void {
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.openSync(path, { read: true, write: true, create: true }).close();
  } catch (error) {
    throw new ConfigError([
      {
        variable: "SQLITE_PATH",
        message: `must name a file that can be written: found "${path}" (${messageOf(error)})`,
      },
    ]);
  }
}
