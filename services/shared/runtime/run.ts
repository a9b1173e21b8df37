import type { z } from "zod";
import type { Clock } from "../ports/clock.ts";
import type { Dependency } from "../ports/health.ts";
import { systemClock } from "./clock.ts";
import {
  ConfigError,
  type Environment,
  exitMisconfigured,
  loadConfig,
  secretsOf,
  variableNames,
} from "./config/config.ts";
import { describeUnknown, findUnknownVariables } from "./config/unknown_variables.ts";
import type { CommonShape } from "./config/variables.ts";
import { listen } from "./listen.ts";
import { configureLog, logger } from "./log.ts";
import { createMetrics, type MetricsRegistry } from "./metrics.ts";
import { takeStopSignals } from "./stop_signals.ts";
import { watchDependencies } from "./watch_dependencies.ts";

/** A service to run as a process. */
export interface ServiceProcess<Shape extends CommonShape> {
  /** Name in the log, such as `etl`. */
  readonly service: string;
  /** The configuration, by variable; holds at least the common variables. */
  readonly schema: z.ZodObject<Shape>;
  /**
   * Takes what can be of one process only, before this one listens. May wait for a process that is ending; rejects
   * with the signal's reason if this one is told to end meanwhile, with a {@linkcode ConfigError} if it can't be had.
   */
  readonly claim?: (config: z.infer<z.ZodObject<Shape>>, context: ServiceContext) => Promise<void>;
  /**
   * Composes the service. It must not wait for what the service depends on: a broker or database that is down shows
   * in `/readyz` and is retried.
   */
  readonly start: (
    config: z.infer<z.ZodObject<Shape>>,
    context: ServiceContext,
  ) => StartedService | Promise<StartedService>;
  /** Called once with the address when the service has started; for a friendly line. */
  readonly onStarted?: (url: string, config: z.infer<z.ZodObject<Shape>>) => void;
}

/** What a service gets to start with. */
export interface ServiceContext {
  /** Aborts when the process shall end. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly metrics: MetricsRegistry;
  /** Hands over a resource; it is disposed at the end, the last one first. */
  use<Resource extends AsyncDisposable | Disposable>(resource: Resource): Resource;
}

/** A running service, alone or as a part of the standalone process. */
export interface StartedService {
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  /** Settles when the work in the background has ended after the signal; rejects when it failed for good. */
  readonly done: Promise<void>;
  /** What `/readyz` asks, by name; watched while the process runs. */
  readonly dependencies: Readonly<Record<string, Dependency>>;
}

/** A request under way gets this long before its connection is closed. */
const DRAIN_DEADLINE_MS = 2_000;

/**
 * Runs a service until SIGTERM or SIGINT, then exits: 0 after an orderly end, 1 when the service failed, 2 when its
 * configuration is wrong or its port is taken.
 *
 * What only one process can have is claimed first, then it listens, then it starts. The end goes in order: `signal`
 * aborts (so `/readyz` answers 503 and loops stop), requests under way are answered, work in the background ends,
 * resources are disposed in reverse.
 */
export async function runService<Shape extends CommonShape>(options: ServiceProcess<Shape>): Promise<never> {
  const { service, schema, claim, start, onStarted } = options;
  const stop = takeStopSignals();
  const hints = findUnknownVariables(schema, readableEnvironment()).map(describeUnknown);
  const config = loadConfig(service, schema, hints);
  const common = config as z.infer<z.ZodObject<CommonShape>>;
  configureLog({
    service,
    level: common.LOG_LEVEL,
    format: common.LOG_FORMAT ?? (Deno.stdout.isTerminal() ? "text" : "json"),
    secrets: secretsOf(
      schema,
      Object.fromEntries(variableNames(schema).map((name) => [name, Deno.env.get(name)])),
    ),
  });
  const log = logger(service);
  for (const hint of hints) log.warning("{hint}", { hint });
  exitOnStrayFailures(service, stop.signal);

  const resources = new AsyncDisposableStack();
  let exitCode = 0;
  const context: ServiceContext = {
    signal: stop.signal,
    clock: systemClock,
    metrics: createMetrics(),
    use: (resource) => resources.use(resource),
  };
  try {
    await claim?.(config, context);
    const starting = Promise.withResolvers<StartedService>();
    // Before it starts: a second process that finds the port taken must not have touched what belongs to the first.
    const server = listen(service, {
      hostname: common.HOST,
      port: common.PORT,
      handler: async (request) => (await starting.promise).app.fetch(request),
    });
    const { url } = server;
    log.info("listening on {url}", { url });
    const started = await start(config, context);
    starting.resolve(started);
    void watchDependencies(Object.values(started.dependencies), context);
    onStarted?.(url, config);
    await untilStopped(started.done, stop);
    log.info("stopping");
    await within(DRAIN_DEADLINE_MS, server.shutdown());
    await started.done;
  } catch (error) {
    // What a schema can't see is found with the first attempt, such as a folder that can't be written to.
    if (error instanceof ConfigError) exitMisconfigured(service, error, hints);
    if (!stop.signal.aborted) {
      exitCode = 1;
      log.error("failed, the process ends", { error });
      stop.abort();
    } else if (error !== stop.signal.reason) {
      log.warning("stopped less orderly than planned", { error });
    }
  }
  await resources.disposeAsync().catch((error) => log.warning("could not close everything", { error }));
  log.info("stopped");
  Deno.exit(exitCode);
}

/** What the permissions let this process see; the tasks' let it see whatever begins as its own variables do. */
function readableEnvironment(): Environment {
  try {
    return Deno.env.toObject();
  } catch {
    return {};
  }
}

/** A failure nobody waits for is a bug: it is logged as a line like any other, and the process restarts clean. */
function exitOnStrayFailures(service: string, stopping: AbortSignal): void {
  const exit = (error: unknown) => {
    // The end that was asked for is under way, and has a deadline: it must not turn into a failure.
    if (stopping.aborted) {
      logger(service).warning("failed while stopping", { error });
      return;
    }
    logger(service).error("failed unexpectedly, the process ends", { error });
    Deno.exit(1);
  };
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    exit(event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    exit(event.error ?? event.message);
  });
}

/** Resolves when the signal aborts, rejects when the service fails before. */
function untilStopped(done: Promise<void>, stop: AbortController): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.signal.aborted) resolve();
    stop.signal.addEventListener("abort", () => resolve());
    done.then(
      () => stop.signal.aborted || reject(new Error("The work of the service ended before it was told to")),
      reject,
    );
  });
}

async function within(deadlineMs: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}
