import type { Generator } from "../../analytics/random/_generator.ts";

/** How a series without a period goes on, of `length` values to come, a day in all. */
type Start = (random: Generator, length: number) => () => number;

/**
 * Series of a day without a period: noise, memory, walks, bursts and restarts at random, and what wanders on all
 * scales.
 */
export const aperiodic: Readonly<Record<string, Start>> = {
  "white noise": (random) => () => random.normal(),
  "AR(1) of 0.5": (random) => autoregression(random, 0.5),
  "AR(1) of 0.9": (random) => autoregression(random, 0.9),
  "AR(1) of 0.98": (random) => autoregression(random, 0.98),
  "AR(1) of -0.7": (random) => autoregression(random, -0.7),
  "AR(1) of -0.9": (random) => autoregression(random, -0.9),
  "random walk": (random) => autoregression(random, 1),
  "local level": (random) => {
    const level = autoregression(random, 1);
    return () => 0.3 * level() + random.normal();
  },
  "AR(2) of 1.5, -0.75": (random) => {
    let [last, before] = [0, 0];
    return () => {
      [last, before] = [1.5 * last - 0.75 * before + random.normal(), last];
      return last;
    };
  },
  "3 bursts a day": (random, length) => bursts(random, { perStep: 3 / length, decay: length / 480 }),
  "10 bursts a day": (random, length) => bursts(random, { perStep: 10 / length, decay: length / 480 }),
  "30 bursts a day": (random, length) => bursts(random, { perStep: 30 / length, decay: length / 480 }),
  "10 slow bursts": (random, length) => bursts(random, { perStep: 10 / length, decay: length / 72 }),
  "levels": (random, length) => {
    let level = 0;
    return () => {
      if (random.uniform() * length < 12) level = 10 * random.normal();
      return level + random.normal();
    };
  },
  "14 restarts a day": (random, length) => restarts(random, length / 14),
  "4 restarts a day": (random, length) => restarts(random, length / 4),
  "one level shift": (random, length) => {
    const shift = Math.round(length * (0.3 + 0.4 * random.uniform()));
    let t = 0;
    return () => t++ < shift ? 7 : 9;
  },
  "all scales": (random, length) => {
    const octaves = [720, 206, 63, 16, 4, 1].map((pieces) => smooth(random, length / pieces));
    return () => octaves.reduce((sum, octave, i) => sum + (0.25 + 0.06 * i) * octave(), 0);
  },
};

function autoregression(random: Generator, memory: number): () => number {
  let level = 0;
  return () => level = memory * level + random.normal();
}

/** What grows evenly and begins anew at random times. */
function restarts(random: Generator, mean: number): () => number {
  let level = mean * random.uniform();
  return () => level = random.uniform() < 1 / mean ? 0 : level + 1;
}

/** A queue that is filled at random times (Poisson) and emptied exponentially. */
function bursts(random: Generator, { perStep, decay }: { perStep: number; decay: number }): () => number {
  const keep = Math.exp(-1 / decay);
  let queue = 0;
  return () => {
    queue *= keep;
    if (random.uniform() < perStep) queue += 900 * (0.5 + random.uniform());
    return Math.max(0, Math.round(12 + 3 * random.normal() + queue));
  };
}

/** Smooth between independent values every `scale` steps. */
function smooth(random: Generator, scale: number): () => number {
  let [from, to, place] = [random.normal(), random.normal(), random.uniform()];
  return () => {
    place += 1 / scale;
    if (place >= 1) [from, to, place] = [to, random.normal(), place % 1];
    return from + (to - from) * place * place * (3 - 2 * place);
  };
}
