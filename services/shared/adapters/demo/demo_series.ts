import type { Labels } from "../../domain/labels.ts";
import type { MetricType } from "../../domain/series.ts";
import { createNoise, type Noise } from "./noise.ts";
import { counter, dailyLoad, isWithin, jitter, lastEvent, type Signal, wander, wave } from "./signals.ts";

/** One simulated series. */
export interface DemoSeries {
  readonly labels: Labels;
  readonly type: MetricType;
  readonly signal: Signal;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GIB = 2 ** 30;

const WEB = { instance: "web-1:9100", job: "node" } as const;
const SHOP = { instance: "checkout-1:8080", job: "checkout" } as const;

/** A small shop on one host: every shape a forecaster meets, under names and labels as exporters give them. */
export function createDemoSeries(seed: number): readonly DemoSeries[] {
  return SHAPES.map(({ labels, type, shape }) => ({
    labels,
    type,
    signal: shape(createNoise(seed, JSON.stringify(labels))),
  }));
}

interface Shape {
  readonly labels: Labels;
  readonly type: MetricType;
  readonly shape: (noise: Noise) => Signal;
}

const SHAPES: readonly Shape[] = [
  {
    labels: { __name__: "up", ...WEB },
    type: "gauge",
    shape: () => () => 1,
  },
  {
    labels: { __name__: "node_uname_info", ...WEB, nodename: "web-1", release: "6.12.0" },
    type: "gauge",
    shape: () => () => 1,
  },
  {
    labels: { __name__: "node_cpu_seconds_total", ...WEB, cpu: "0", mode: "user" },
    type: "counter",
    shape: (noise) => counter(noise, { perSecond: 0.35, daily: 0.35, hourly: 0.15, whole: false }),
  },
  {
    labels: { __name__: "node_cpu_seconds_total", ...WEB, cpu: "0", mode: "system" },
    type: "counter",
    shape: (noise) => counter(noise, { perSecond: 0.08, daily: 0.25, whole: false }),
  },
  {
    labels: { __name__: "node_load1", ...WEB },
    type: "gauge",
    shape: (noise) => {
      const drift = wander(noise);
      return (t) => cents(Math.max(0.02, 1.4 + 0.5 * dailyLoad(t) + 0.3 * drift(t)));
    },
  },
  {
    labels: { __name__: "node_memory_MemAvailable_bytes", ...WEB },
    type: "gauge",
    shape: (noise) => {
      const drift = wander(noise);
      const step = jitter(noise);
      return (t) => Math.round((5.5 - 0.8 * dailyLoad(t) + 0.25 * drift(t) + 0.02 * step(t)) * GIB);
    },
  },
  {
    // Fills over four days and is cleaned up, the day and hour of which nobody knows.
    labels: { __name__: "node_filesystem_avail_bytes", ...WEB, device: "/dev/sda1", mountpoint: "/data" },
    type: "gauge",
    shape: (noise) => {
      const step = jitter(noise);
      return (t) => {
        const days = (t - lastEvent(noise, t, 96 * HOUR)) / (24 * HOUR);
        return Math.round(Math.max(0.5, 190 - 31 * days + 0.15 * step(t)) * GIB);
      };
    },
  },
  {
    labels: { __name__: "node_network_receive_bytes_total", ...WEB, device: "eth0" },
    type: "counter",
    shape: (noise) => counter(noise, { perSecond: 2_400_000, daily: 0.4, hourly: 0.1 }),
  },
  {
    labels: { __name__: "node_hwmon_temp_celsius", ...WEB, chip: "platform_coretemp_0", sensor: "temp1" },
    type: "gauge",
    shape: (noise) => {
      const step = jitter(noise);
      return (t) =>
        isWithin(noise, t, { everyMs: 3 * HOUR, lengthMs: 9 * MINUTE })
          ? NaN
          : cents(48 + 4 * wave(HOUR, 20 * MINUTE)(t) + 0.4 * step(t));
    },
  },
  {
    labels: { __name__: "node_edac_correctable_errors_total", ...WEB, controller: "0" },
    type: "counter",
    shape: () => () => 0,
  },
  {
    labels: { __name__: "http_requests_total", ...SHOP, code: "200", method: "GET", handler: "/api/cart" },
    type: "counter",
    shape: (noise) => counter(noise, { perSecond: 42, daily: 0.35, hourly: 0.2, restartEveryMs: 9 * HOUR }),
  },
  {
    labels: { __name__: "http_requests_total", ...SHOP, code: "500", method: "GET", handler: "/api/cart" },
    type: "counter",
    shape: (noise) => counter(noise, { perSecond: 0.12, daily: 0.3, restartEveryMs: 9 * HOUR }),
  },
  ...latencies(),
  {
    // Leaks until the kernel kills the process at 2 GiB, every six hours; watch it head there.
    labels: { __name__: "process_resident_memory_bytes", ...SHOP },
    type: "gauge",
    shape: (noise) => {
      const step = jitter(noise);
      const startedMs = Math.floor(noise.uniform(0) * 6 * HOUR);
      return (t) => {
        const share = (t - startedMs) % (6 * HOUR) / (6 * HOUR);
        return Math.round(Math.min(2, 0.45 + 1.55 * share + 0.006 * step(t)) * GIB);
      };
    },
  },
  {
    labels: { __name__: "go_goroutines", ...SHOP },
    type: "gauge",
    shape: (noise) => {
      const drift = wander(noise);
      return (t) => Math.max(8, Math.round(180 + 40 * dailyLoad(t) + 18 * drift(t)));
    },
  },
  {
    labels: {
      __name__: "db_connections_active",
      instance: "postgres-1:9187",
      job: "postgres",
      database: "orders",
    },
    type: "gauge",
    shape: (noise) => {
      const drift = wander(noise);
      // A deployment changes the size of the pool, to a level of its own.
      return (t) => {
        const level = 18 + 26 * noise.uniform(lastEvent(noise, t, 17 * HOUR));
        return Math.max(0, Math.round(level + 1.5 * drift(t)));
      };
    },
  },
  {
    labels: {
      __name__: "rabbitmq_queue_messages",
      instance: "rabbit-1:15692",
      job: "rabbitmq",
      queue: "orders",
    },
    type: "gauge",
    shape: (noise) => {
      const step = jitter(noise);
      return (t) => {
        const age = (t - lastEvent(noise, t, 2.5 * HOUR)) / MINUTE;
        const spike = age < 15 ? 900 * Math.exp(-age / 3) : 0;
        return Math.max(0, Math.round(12 + 3 * step(t) + spike));
      };
    },
  },
  {
    labels: {
      __name__: "kafka_consumergroup_lag",
      instance: "kafka-1:9308",
      job: "kafka",
      consumergroup: "billing",
      topic: "orders",
    },
    type: "gauge",
    shape: (noise) => {
      const drift = wander(noise);
      return (t) => Math.max(0, Math.round(120 + 95 * drift(t)));
    },
  },
  {
    labels: {
      __name__: "batch_workers_active",
      instance: "batch-1:9091",
      job: "reports",
      schedule: "*/10 * * * *",
    },
    type: "gauge",
    shape: (noise) => {
      const step = jitter(noise);
      return (t) => {
        const minute = (t % (10 * MINUTE)) / MINUTE;
        return minute < 4 ? Math.max(1, Math.round(8 - 1.5 * minute + 0.4 * step(t))) : 0;
      };
    },
  },
  {
    labels: { __name__: "cache_hit_ratio", instance: "redis-1:9121", job: "redis", cache: "sessions" },
    type: "gauge",
    shape: (noise) => {
      const drift = wander(noise);
      return (t) => Math.round(1e4 / (1 + Math.exp(-(2.6 + 0.35 * drift(t))))) / 1e4;
    },
  },
  {
    labels: { __name__: "probe_duration_seconds", instance: "https://shop.example/", job: "blackbox" },
    type: "gauge",
    shape: (noise) => {
      const step = jitter(noise);
      return (t) =>
        isWithin(noise, t, { everyMs: 7 * HOUR, lengthMs: 25 * MINUTE })
          ? NaN
          : micros(0.12 * Math.exp(0.25 * step(t) + 0.15 * dailyLoad(t)));
    },
  },
];

function latencies(): readonly Shape[] {
  return (["0.5", "0.99"] as const).map((quantile) => ({
    labels: { __name__: "http_request_duration_seconds", ...SHOP, handler: "/api/cart", quantile },
    type: "summary",
    shape: (noise) => {
      const drift = wander(noise);
      const [base, spread] = quantile === "0.5" ? [0.035, 0.06] : [0.24, 0.16];
      return (t) => micros(base * Math.exp(0.3 * dailyLoad(t) + spread * drift(t)));
    },
  }));
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

function micros(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
