const pending = new Set<() => unknown>();

/**
 * What is undone at the end in any case, also when Ctrl-C comes first:
 * `await using _deleted = tidied(() => client.DELETE(…))`.
 */
export function tidied(undo: () => unknown): AsyncDisposable {
  if (pending.size === 0) Deno.addSignalListener("SIGINT", undoAll);
  pending.add(undo);
  return {
    async [Symbol.asyncDispose]() {
      pending.delete(undo);
      if (pending.size === 0) Deno.removeSignalListener("SIGINT", undoAll);
      await undo();
    },
  };
}

async function undoAll(): Promise<void> {
  // What was made last may need what was made before.
  for (const undo of [...pending].reverse()) await Promise.resolve(undo()).catch(() => {});
  Deno.exit(130);
}
