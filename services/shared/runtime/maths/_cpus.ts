/** Processors of the machine, 2 where that is not told. */
export function cpus(): number {
  return globalThis.navigator?.hardwareConcurrency || 2;
}
