import type { ServiceContext } from "../shared/runtime/run.ts";
import type { StandaloneConfig } from "./config.ts";
import { lockDataFile } from "./lock_data_file.ts";
import { requireDataFile } from "./require_data_file.ts";
import { sqlitePathOf } from "./sqlite_path.ts";

/**
 * Takes the data of `start` for this process alone, as far as they are in files.
 *
 * @throws {ConfigError} If they can't be kept there, or another process has them and does not end.
 */
export async function claimData(config: StandaloneConfig, context: ServiceContext): Promise<void> {
  if (config.MYSQL_URL !== undefined && config.KAFKA_BROKERS !== undefined) return;
  const path = sqlitePathOf(config);
  requireDataFile(path);
  context.use(await lockDataFile(path, context));
}
