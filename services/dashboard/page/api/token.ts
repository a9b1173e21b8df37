const KEY = "pronoia-token";

/** The bearer token of this tab, `null` when none was given. */
export function readToken(): string | null {
  return sessionStorage.getItem(KEY);
}

/** Keeps a token for this tab only. */
export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}
