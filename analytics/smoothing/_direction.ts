/**
 * A direction in weights and initial states, and likewise a gradient, is one array: α, β, γ, φ, level, trend, then
 * the season by phase.
 */

/** Where the initial states begin within a direction. */
export const firstState = 4;
/** Where the season begins within a direction. */
export const firstSeason = 6;
