/** Parses what was stored as JSON text; anything else is returned as it is. */
export function parseJson(json: unknown, action: string): unknown {
  if (typeof json !== "string") return json;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new SyntaxError(
      `Cannot ${action} as it must be JSON: found ${json.length} characters that are not`,
      { cause },
    );
  }
}
