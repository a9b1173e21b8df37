/** The page's colours as a canvas needs them. */
export interface Palette {
  readonly panel: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly history: string;
  readonly forecast: string;
  readonly band: string;
  readonly past: string;
  readonly pastBand: string;
  readonly bound: string;
  readonly violation: string;
}
