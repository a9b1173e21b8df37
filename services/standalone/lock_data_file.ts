import { dirname, resolve } from "node:path";
import { messageOf } from "../shared/domain/message_of.ts";
import { ConfigError } from "../shared/runtime/config/config.ts";

/**
 * Takes the data of `path` for this process alone, until it is disposed or the process ends in whatever way: the lock is
 * the system's, on a file of its own beside the data, so that none is left behind. Two processes would each analyse
 * every series and judge every SLA, and tell of them twice. Backups don't mind it.
 *
 * @throws {ConfigError} If another process has them.
 */
export function lockDataFile(path: string): Disposable {
  const file = openLock(path.replace(/(?:\.sqlite)?$/, ".lock"));
  if (file.tryLockSync(true)) return file;
  file.close();
  throw refused(
    `must be of one process alone: another one works on "${path}" in the folder ${dirname(resolve(path))}; ` +
      "end it, or name another file",
  );
}

function openLock(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true, create: true });
  } catch (error) {
    throw refused(`must lie where "${path}" can be written (${messageOf(error)})`);
  }
}

function refused(message: string): ConfigError {
  return new ConfigError([{ variable: "SQLITE_PATH", message }]);
}
