import { signal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ApiError } from "../api/request.ts";
import { keepToken } from "../api/token.ts";

/** The write that waits for a token, and whom to tell when it is there or the viewer gave up. */
const waiting = signal<((given: boolean) => void) | null>(null);

/**
 * Does a write; where it is refused for want of a token, asks for one and tries again. The token stays in this tab.
 */
export async function withToken<Answer>(write: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const given = await new Promise<boolean>((resolve) => waiting.value = resolve);
      if (!given) throw error;
    }
  }
}

/** The question for the token. */
export function TokenDialog(): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const open = waiting.value !== null;
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  function settle(given: boolean): void {
    if (given) keepToken(input.current!.value.trim());
    input.current!.value = "";
    dialog.current?.close();
    const tell = waiting.value;
    waiting.value = null;
    tell?.(given);
  }
  return (
    <dialog ref={dialog} aria-labelledby="token-title" onCancel={() => settle(false)}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          settle(true);
        }}
      >
        <h2 id="token-title">This change needs a token</h2>
        <p>It is one of those the service was started with, and is kept for this tab only.</p>
        <label>
          Token
          <input ref={input} type="password" autocomplete="off" required />
        </label>
        <div class="actions">
          <button type="submit">Use it</button>
          <button type="button" class="quiet" onClick={() => settle(false)}>Cancel</button>
        </div>
      </form>
    </dialog>
  );
}
