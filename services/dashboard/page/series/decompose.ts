import type { DecompositionAnswer, DecompositionRequest } from "../analysis_worker.ts";

let worker: Worker | undefined;
let requests = 0;
const waiting = new Map<number, (answer: DecompositionAnswer) => void>();

/** Decomposes by the library itself, off the page's own thread. */
export function decompose(values: Float64Array, period: number): Promise<DecompositionAnswer> {
  if (worker === undefined) {
    worker = new Worker("analysis_worker.js", { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<DecompositionAnswer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    };
    worker.onerror = () => {
      for (const [id, settle] of waiting) {
        settle({ id, failure: "the analysis could not be started in this browser" });
      }
      waiting.clear();
    };
  }
  const request: DecompositionRequest = { id: ++requests, values, period };
  const answer = new Promise<DecompositionAnswer>((resolve) => waiting.set(request.id, resolve));
  worker.postMessage(request);
  return answer;
}
