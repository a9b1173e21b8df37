/** Bounds of the four weights in search coordinates, and those that are held. */
export interface Region {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Per weight: free to move. */
  readonly free: readonly boolean[];
  /** β itself (not its share of α) is held. */
  readonly trendHeld?: number;
  /** γ itself (not its share of 1−α) is held. */
  readonly seasonalHeld?: number;
}
