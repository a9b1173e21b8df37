import type { MessageBus } from "../../shared/ports/message_bus.ts";
import type { MetricsSource } from "../../shared/ports/metrics_source.ts";
import type { AnalysisOutcome, SeriesJob } from "../analysis/analysis_job.ts";
import type { Timings } from "../record/timings.ts";
import type { EtlSettings } from "../settings.ts";
import type { SeriesMemory, TurnPace } from "./turns.ts";

/** What a cycle works with. */
export interface CycleParts {
  readonly source: MetricsSource;
  readonly bus: MessageBus;
  readonly settings: EtlSettings;
  /** The shards whose series are this replica's. */
  readonly owned: ReadonlySet<number>;
  readonly timings: Timings;
  /** Analyses one series, elsewhere; rejects if that failed as a whole. */
  readonly analyse: (job: SeriesJob) => Promise<AnalysisOutcome>;
  /** Lets go of what is kept for series that are gone. */
  readonly forget: (ids: readonly string[]) => void;
  /** Kept from cycle to cycle. */
  readonly memories: Map<string, SeriesMemory>;
  /** Likewise. */
  readonly pace: TurnPace;
}
