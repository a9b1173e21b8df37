import { dirname } from "node:path";
import { messageOf } from "../shared/domain/message_of.ts";
import { ConfigError } from "../shared/runtime/config/config.ts";

/**
 * Makes the file and its folder where they are missing, and sees that it can be written: a process that can keep
 * nothing must say so at once, and not with each attempt.
 *
 * @returns Whether it is a first start: there is nothing in it yet.
 * @throws {ConfigError} If it can't be written.
 */
export function requireDataFile(path: string): boolean {
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    using file = Deno.openSync(path, { read: true, write: true, create: true });
    return file.statSync().size === 0;
  } catch (error) {
    throw new ConfigError([
      {
        variable: "SQLITE_PATH",
        message: `must name a file that can be written: found "${path}" (${messageOf(error)})`,
      },
    ]);
  }
}
