import type { Noise } from "./noise.ts";

/** The value of a series at a time, `NaN` where there is none. */
export type Signal = (timeMs: number) => number;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A sine of the given period, peaking `peakMs` after its start. */
export function wave(periodMs: number, peakMs = 0): Signal {
  return (timeMs) => Math.cos(2 * Math.PI * (timeMs - peakMs) / periodMs);
}

/** Daily load as people make it: low at night, high in the afternoon (UTC), −1 … 1. */
export const dailyLoad: Signal = (timeMs) =>
  0.85 * wave(DAY, 15 * HOUR)(timeMs) + 0.15 * wave(DAY / 2, 10 * HOUR)(timeMs);

/** Noise with a long memory: octaves from minutes to a day, about unit variance. */
export function wander(noise: Noise): Signal {
  const scales = [2, 7, 23, 90, 360, 1_440].map((minutes) => minutes * MINUTE);
  const weights = [0.25, 0.3, 0.35, 0.4, 0.5, 0.55];
  return (timeMs) => scales.reduce((sum, scale, i) => sum + weights[i] * noise.smooth(timeMs, scale), 0);
}

/** Independent noise for each sample. */
export function jitter(noise: Noise): Signal {
  return (timeMs) => noise.normal(Math.floor(timeMs / SECOND));
}

/** How a counter counts. */
export interface CounterOptions {
  /** Mean rate per second. */
  readonly perSecond: number;
  /** Share of the rate that follows the day, and the hour; together at most 0.6. */
  readonly daily?: number;
  readonly hourly?: number;
  /** The process restarts, and the counter with it, once in every such span; never by default. */
  readonly restartEveryMs?: number;
  /** Counts whole things. @default true */
  readonly whole?: boolean;
}

/**
 * A counter as a pure function of time: the integral of a rate that never falls to 0, from the last restart on.
 */
export function counter(noise: Noise, options: CounterOptions): Signal {
  const { perSecond, daily = 0, hourly = 0, restartEveryMs = 0, whole = true } = options;
  const integral = (timeMs: number) => {
    const season = daily * waveIntegral(timeMs, DAY, 15 * HOUR) +
      hourly * waveIntegral(timeMs, HOUR, 10 * MINUTE);
    let noisy = 0;
    for (const scale of [MINUTE, 10 * MINUTE]) {
      // A slope of at most 1.5 per scale: each octave moves the rate by less than 18 %.
      noisy += 0.12 * (scale / SECOND) * noise.bounded(timeMs, scale);
    }
    return perSecond * (timeMs / SECOND + season + noisy);
  };
  return (timeMs) => {
    const since = restartEveryMs === 0
      ? Math.floor(timeMs / (400 * DAY)) * 400 * DAY
      : lastEvent(noise, timeMs, restartEveryMs);
    const counted = integral(timeMs) - integral(since);
    return whole ? Math.floor(counted) : counted;
  };
}

/** The newest of the events that happen once in every span, at a random place of its middle part. */
export function lastEvent(noise: Noise, timeMs: number, everyMs: number): number {
  const span = Math.floor(timeMs / everyMs);
  const event = eventTime(noise, span, everyMs);
  return event <= timeMs ? event : eventTime(noise, span - 1, everyMs);
}

/** True within `lengthMs` after an event of {@linkcode lastEvent}. */
export function isWithin(
  noise: Noise,
  timeMs: number,
  options: { everyMs: number; lengthMs: number },
): boolean {
  return timeMs - lastEvent(noise, timeMs, options.everyMs) < options.lengthMs;
}

function eventTime(noise: Noise, span: number, everyMs: number): number {
  const place = 0.1 + 0.8 * noise.uniform(span * 7_919 + 13);
  return Math.floor((span + place) * everyMs / SECOND) * SECOND;
}

function waveIntegral(timeMs: number, periodMs: number, peakMs: number): number {
  const periodSeconds = periodMs / SECOND;
  return periodSeconds / (2 * Math.PI) * Math.sin(2 * Math.PI * (timeMs - peakMs) / periodMs);
}
