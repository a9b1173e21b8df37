import type { MathsReply, MathsRequest } from "./maths_pool.ts";

/** What a worker's global scope offers; Deno's own types know it only in files that are nothing else. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** A result and the buffers to hand over with it. */
export interface Handled<Result> {
  readonly result: Result;
  readonly transfer?: Transferable[];
}

/** Serves the jobs of a maths pool; to be called once, by the module of its workers. */
export function serveMaths<Job, Result>(handle: (job: Job) => Handled<Result>): void {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }: MessageEvent<MathsRequest<Job>>) => {
    const { id } = data;
    try {
      const { result, transfer = [] } = handle(data.job);
      scope.postMessage({ id, result } satisfies MathsReply<Result>, transfer);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      scope.postMessage({ id, error: { name, message } } satisfies MathsReply<Result>, []);
    }
  };
}
