import { ok } from "node:assert/strict";
import type { Dependency } from "../../services/shared/ports/health.ts";

/** Why a dependency is not ready, "" if it is; the error must not hold its password anywhere. */
export async function reasonOf(dependency: Dependency, password: string): Promise<string> {
  try {
    await dependency.ping();
    return "";
  } catch (error) {
    ok(!Deno.inspect(error).includes(password), "the password shows");
    return (error as Error).message;
  }
}
