/** Something a service depends on and can ask whether it is there. */
export interface Dependency {
  /**
   * Resolves when the dependency answers now, rejects with the reason when it does not.
   * Bounded: answers within a few seconds whatever the other side does.
   */
  ping(signal?: AbortSignal): Promise<void>;
}
