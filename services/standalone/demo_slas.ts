import { SlaDraft } from "../shared/domain/sla/sla.ts";

/**
 * What the demo promises at its first start, so that the first page shows what an SLA looks like in each state. Fixed
 * bounds over simulated series: the same for everybody, and true at whatever hour it is begun.
 */
export const DEMO_SLAS: readonly SlaDraft[] = [
  {
    name: "Session cache hits",
    expression: "cache_hit_ratio",
    min: 0.75,
    target: 0.999,
    description: "Kept: hits vary between 80 % and 98 %",
  },
  {
    name: "Report workers",
    expression: "batch_workers_active",
    max: 6,
    target: 0.85,
    description:
      "At risk: eight workers begin every ten minutes, which is mostly foreseen to the half minute",
  },
  {
    name: "Order queue",
    expression: "rabbitmq_queue_messages",
    max: 300,
    target: 0.97,
    description:
      "Violated now and then: a burst some ten times a day, whose hour nobody knows, eats the budget",
  },
  {
    name: "Checkout memory",
    expression: "process_resident_memory_bytes",
    max: 1.8 * 2 ** 30,
    target: 0.85,
    description: "A leak: it is violated for three quarters of an hour, until the process is killed at 2 GiB",
  },
  {
    name: "Checkout p99 latency",
    expression: 'http_request_duration_seconds{quantile="0.99"}',
    max: 0.35,
    target: 0.9,
    description: "Follows the day: slowest in the afternoon",
  },
].map((draft) => SlaDraft.parse(draft));
