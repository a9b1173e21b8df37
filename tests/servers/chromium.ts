import { requireProgram } from "./_install.ts";

/** Brings Chromium; the path of its program, for playwright-core's `executablePath`. */
export async function prepareChromium(): Promise<string> {
  return await requireProgram("chromium", "chromium");
}
