/** Texts that a wrong collation, escape or encoding would change, or take for one another. */
export const HOSTILE_TEXTS: readonly string[] = [
  "日本語 🚀",
  `"quoted" \\ back\\slash\\`,
  "'; DROP TABLE `series`; DROP TABLE `slas`; --",
  "line\nbreak\ttab \u0000 nul",
  "trailing space ",
  "trailing space",
  "UPPER",
  "upper",
  "é",
  "e\u0301",
  '","b":"c',
  "%_",
];
