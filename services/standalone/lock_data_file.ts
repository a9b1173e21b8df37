import { dirname, resolve } from "node:path";
import { messageOf } from "../shared/domain/message_of.ts";
import type { Clock } from "../shared/ports/clock.ts";
import { ConfigError } from "../shared/runtime/config/config.ts";
import { logger } from "../shared/runtime/log.ts";

/** What waiting for another process needs. */
export interface LockOptions {
  readonly clock: Clock;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** One that is told to end may take four seconds to. */
const WAIT_MAX_MS = 6_000;
const WAIT_MS = 100;

/**
 * Takes the data of `path` for this process alone, until it is disposed or the process ends in whatever way: the lock
 * is the system's, on a file of its own beside the data, so that none is left behind. Two processes would each
 * analyse every series and judge every SLA, and tell of them twice. Backups don't mind it.
 *
 * Another process that has them may be the one before, just ending: it is waited for some seconds.
 *
 * @throws {ConfigError} If another process keeps them. Once `signal` aborts, its reason.
 */
export async function lockDataFile(path: string, { clock, signal }: LockOptions): Promise<Disposable> {
  const file = openLock(path.replace(/(?:\.sqlite)?$/, ".lock"));
  try {
    for (let waitedMs = 0;; waitedMs += WAIT_MS) {
      if (file.tryLockSync(true)) return file;
      signal.throwIfAborted();
      if (waitedMs >= WAIT_MAX_MS) break;
      if (waitedMs === 0) {
        logger("standalone").info("another process works on {path}: waiting {seconds} s for its end", {
          path,
          seconds: WAIT_MAX_MS / 1_000,
        });
      }
      await clock.sleep(WAIT_MS, signal);
    }
    throw refused(
      `must be of one process alone: another one works on "${path}" in the folder ${
        dirname(resolve(path))
      }; ` +
        "end it, or name another file",
    );
  } catch (error) {
    file.close();
    throw error;
  }
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
