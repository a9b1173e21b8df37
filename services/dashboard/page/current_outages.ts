import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { readReadiness, type ServiceReadiness } from "./api/readiness.ts";
import { serviceNowMs } from "./clock.ts";
import { findOutages, type Outage } from "./find_outages.ts";
import { askUnservedAgain, type Live, useLive } from "./live.ts";

const told = signal<Live<readonly ServiceReadiness[]> | undefined>(undefined);
const current = signal<readonly Outage[]>([]);

/** How every service is; asked for on each page. */
export const readiness: ReadonlySignal<Live<readonly ServiceReadiness[]> | undefined> = told;

/** What is down now: said once at the top of each page, so that nothing below needs to say it again. */
export const outages: ReadonlySignal<readonly Outage[]> = current;

/**
 * Whether the services can't read samples.
 *
 * @param byMs Whether they already could not at this time; default: now.
 */
export function isSourceDown(byMs: number = Infinity): boolean {
  return current.value.some(({ key, sinceMs = 0 }) => key === "metrics_source" && sinceMs <= byMs);
}

/**
 * Whether nothing new comes to this page: samples can't be read, or nobody answers who would know whether they can.
 */
export function isNothingNew(): boolean {
  return isSourceDown() || isDown("all");
}

function isDown(key: string): boolean {
  return current.value.some((outage) => outage.key === key);
}

/** It looks every 5 s, and waits 4 s for an answer. */
const LOOKED_WITHIN_MS = 15_000;

/** Keeps both up to date while the page is open. */
export function useOutages(): readonly Outage[] {
  const services = useLive("readiness", readReadiness, 5_000);
  useEffect(() => {
    const lookedAtMs = told.peek()?.loadedAtMs ?? -Infinity;
    told.value = services;
    const before = current.peek();
    current.value = findOutages(services.value ?? []).map((outage) => {
      if (outage.sinceMs !== undefined) return outage;
      // What no service dates is as old as this page saw it, which does not look while it is hidden.
      const { sinceMs, sinceAtLeast } = before.find(({ key }) => key === outage.key) ??
        { sinceMs: serviceNowMs(), sinceAtLeast: serviceNowMs() - lookedAtMs > LOOKED_WITHIN_MS };
      return { ...outage, sinceMs, sinceAtLeast };
    });
    if (before.some(({ key }) => !isDown(key))) askUnservedAgain();
  }, [services.value]);
  return current.value;
}
