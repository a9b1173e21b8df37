import { cpus } from "./_cpus.ts";

/** Runs heavy, pure work in workers, so that HTTP and heartbeats stay alive meanwhile. */
export interface MathsPool<Job, Result> extends AsyncDisposable {
  /** Number of workers. */
  readonly size: number;
  /**
   * Runs a job. Jobs of one key run one after another on the same worker, which may keep a state for it; after a
   * crash of that worker the state is gone.
   *
   * Rejects with the job's own error, with {@linkcode WorkerCrash} when the worker died or took too long, and when
   * the queue is full. Other jobs are not concerned.
   *
   * @param transfer Buffers to hand over instead of copying them; the caller's are empty afterwards.
   */
  run(key: string, job: Job, transfer?: Transferable[]): Promise<Result>;
  /** Tells every worker something, after what it has queued; nothing comes back. */
  broadcast(job: Job): void;
}

/** How to make a pool. */
export interface MathsPoolOptions {
  /** Starts one worker, whose module calls `serveMaths`. */
  readonly openWorker: () => Worker;
  /** @default the processors of the machine, at most 4 */
  readonly size?: number;
  /** Most jobs waiting in all. @default 1_000 */
  readonly queueMax?: number;
  /**
   * A job that takes longer is given up and its worker replaced; a worker's first job may take four times as long.
   * @default 30_000
   */
  readonly jobTimeoutMs?: number;
}

/**
 * What a worker's first job may take of a job's time: its code is loaded and compiled first, on a busy machine for
 * longer than any job takes. Given up meanwhile, the next worker would begin with the same.
 */
const FIRST_JOB_TIMES = 4;

/** A job whose worker ended under it. */
export class WorkerCrash extends Error {
  override readonly name = "WorkerCrash";
}

/** What goes to a worker. */
export interface MathsRequest<Job> {
  readonly id: number;
  readonly job: Job;
}

/** What comes back from it. */
export type MathsReply<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

interface Task<Job, Result> {
  readonly job: Job;
  readonly transfer: Transferable[];
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** Opens a pool; workers start with their first job. */
export function openMathsPool<Job, Result>(options: MathsPoolOptions): MathsPool<Job, Result> {
  const { openWorker, size = Math.min(4, cpus()), queueMax = 1_000, jobTimeoutMs = 30_000 } = options;
  const lanes = Array.from({ length: size }, () => new Lane<Job, Result>(openWorker, jobTimeoutMs));
  let isClosed = false;

  return {
    size,
    run(key, job, transfer = []) {
      if (isClosed) return Promise.reject(new Error("Cannot run a job as the pool is closed"));
      const waiting = lanes.reduce((sum, lane) => sum + lane.waiting, 0);
      if (waiting >= queueMax) {
        return Promise.reject(new Error(`Cannot queue a job as ${queueMax} are waiting already`));
      }
      return lanes[laneOf(key, size)].run(job, transfer);
    },
    broadcast(job) {
      // A worker that dies meanwhile has forgotten everything anyway.
      for (const lane of lanes) if (lane.isStarted) lane.run(job, []).catch(() => {});
    },
    [Symbol.asyncDispose]() {
      isClosed = true;
      for (const lane of lanes) lane.close();
      return Promise.resolve();
    },
  };
}

/** One worker and the jobs that wait for it; one job at a time. */
class Lane<Job, Result> {
  readonly #openWorker: () => Worker;
  readonly #jobTimeoutMs: number;
  readonly #queue: Task<Job, Result>[] = [];
  #worker: Worker | undefined;
  #current: {
    readonly id: number;
    readonly task: Task<Job, Result>;
    readonly timer: ReturnType<typeof setTimeout>;
  } | undefined;
  #lastId = 0;

  constructor(openWorker: () => Worker, jobTimeoutMs: number) {
    this.#openWorker = openWorker;
    this.#jobTimeoutMs = jobTimeoutMs;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get isStarted(): boolean {
    return this.#worker !== undefined;
  }

  run(job: Job, transfer: Transferable[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, transfer, resolve, reject });
      this.#next();
    });
  }

  close(): void {
    this.#drop(new Error("The pool was closed"));
    for (const task of this.#queue.splice(0)) task.reject(new Error("The pool was closed"));
  }

  #next(): void {
    if (this.#current !== undefined) return;
    const task = this.#queue.shift();
    if (task === undefined) return;
    const id = ++this.#lastId;
    const allowedMs = this.isStarted ? this.#jobTimeoutMs : FIRST_JOB_TIMES * this.#jobTimeoutMs;
    const timer = setTimeout(
      () => this.#drop(new WorkerCrash(`A job was given up after ${allowedMs / 1_000} s`)),
      allowedMs,
    );
    this.#current = { id, task, timer };
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, job: task.job } satisfies MathsRequest<Job>, task.transfer);
    } catch (error) {
      this.#drop(error);
    }
  }

  #start(): Worker {
    const worker = this.#openWorker();
    worker.onmessage = ({ data }: MessageEvent<MathsReply<Result>>) => {
      const current = this.#current;
      // A reply of a worker that was given up belongs to nobody.
      if (worker !== this.#worker || current?.id !== data.id) return;
      this.#settle();
      if ("result" in data) current.task.resolve(data.result);
      else current.task.reject(namedError(data.error));
      this.#next();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#drop(new WorkerCrash(`The worker died: ${event.message}`));
    };
    worker.onmessageerror = () => {
      if (worker === this.#worker) this.#drop(new WorkerCrash("The worker's answer could not be read"));
    };
    return worker;
  }

  /** Ends the worker; the job under way fails, those that wait get a new one. */
  #drop(error: unknown): void {
    const current = this.#current;
    this.#settle();
    this.#worker?.terminate();
    this.#worker = undefined;
    current?.task.reject(error);
    // Later, so that a worker that cannot even start fails one job at a time and not all in one go.
    queueMicrotask(() => this.#next());
  }

  #settle(): void {
    clearTimeout(this.#current?.timer);
    this.#current = undefined;
  }
}

function laneOf(key: string, size: number): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  return (hash >>> 0) % size;
}

function namedError({ name, message }: { readonly name: string; readonly message: string }): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
