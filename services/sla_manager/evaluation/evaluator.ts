import { DomainError } from "../../shared/domain/errors.ts";
import type { Sla } from "../../shared/domain/sla.ts";
import type { SlaEvent } from "../../shared/domain/sla_event.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { MetricsSource, RangeReading } from "../../shared/ports/metrics_source.ts";
import type { SlaStore } from "../../shared/ports/sla_store.ts";
import { backfillRange, backfillStep } from "./backfill_step.ts";
import { CommitQueue } from "./commit_queue.ts";
import { chooseModels, dueChoices } from "../prediction/choose_models.ts";
import {
  acceptEvaluation,
  evaluateFailure,
  evaluateReading,
  type Evaluation,
  type EvaluationRange,
  evaluationRange,
  NO_PROGRESS,
} from "./evaluate_sla.ts";
import { HOUR_MS } from "../budget/hour_totals.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import type { Maths } from "../prediction/maths.ts";
import { SampleReader } from "../source/read_samples.ts";
import type { SlaSettings } from "../settings.ts";
import { bucketHours, openEntry, type SlaEntry } from "../held/sla_entry.ts";
import { SourceTime } from "../source/source_time.ts";

/** What an evaluator works with. */
export interface EvaluatorParts {
  readonly source: MetricsSource;
  readonly store: SlaStore;
  readonly clock: Clock;
  readonly maths: Maths;
  readonly settings: SlaSettings;
  /** Hears what was stored, in order. */
  readonly onEvents?: (events: readonly SlaEvent[]) => void;
  /** Hears what went wrong with one SLA or with the store; the work goes on. */
  readonly onProblem?: (
    problem: { readonly what: string; readonly slaId?: string; readonly error: unknown },
  ) => void;
}

/** The version of an SLA of which it is not known what is stored. */
const UNSURE = -1;

/** Most portions in which a long absence is caught up within one evaluation. */
const PORTIONS_MAX = 200;

/** Steps of one portion at most. */
const PORTION_STEPS = 10_000;

/**
 * Evaluates SLAs, one evaluation of an SLA at a time, and holds what readers see in between.
 *
 * What an evaluation finds counts when it is stored: progress, hours, events and messages in one transaction. One that
 * could not be stored is made again from the same samples, so nothing is lost and nothing is counted twice; readers see
 * its state all the same.
 */
export class Evaluator {
  readonly parts: EvaluatorParts;
  readonly time: SourceTime;
  readonly reader: SampleReader;
  readonly #entries = new Map<string, SlaEntry>();
  /** The last thing queued for each SLA. */
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(parts: EvaluatorParts) {
    this.parts = parts;
    this.time = new SourceTime(parts.source, parts.clock);
    this.reader = new SampleReader(parts.source, parts.settings);
  }

  /** Every SLA held, in order of creation. */
  entries(): SlaEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.sla.id < b.sla.id ? -1 : 1);
  }

  /** The SLA of this id; `not-found` when there is none. */
  entry(id: string): SlaEntry {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      throw new DomainError("not-found", `Cannot find an SLA as no id is: ${JSON.stringify(id)}`);
    }
    return entry;
  }

  /** The same, `undefined` when there is none. */
  held(id: string): SlaEntry | undefined {
    return this.#entries.get(id);
  }

  /** Runs `work` while nothing else happens to this SLA. */
  async exclusively<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.#queues.get(id) ?? Promise.resolve()).then(work, work);
    this.#queues.set(id, result);
    try {
      return await result;
    } finally {
      if (this.#queues.get(id) === result) this.#queues.delete(id);
    }
  }

  /** Makes the definitions held those that are stored, and brings back what was stored of each that is new or changed. */
  async refresh(): Promise<void> {
    const { definitions } = this.parts.store;
    const stored = new Map<string, Sla>();
    let cursor: string | undefined;
    do {
      const page = await definitions.list({ limit: 1_000, cursor });
      for (const sla of page.items) stored.set(sla.id, sla);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    for (const id of this.#entries.keys()) if (!stored.has(id)) this.#entries.delete(id);
    for (const sla of stored.values()) {
      if (this.#entries.get(sla.id)?.sla.revision === sla.revision) continue;
      await this.exclusively(sla.id, () => this.adopt(sla));
    }
  }

  /** Holds a definition as it was stored. To be called exclusively. */
  async adopt(sla: Sla): Promise<SlaEntry> {
    const fromMs = this.time.estimate() - bucketHours(sla) * HOUR_MS;
    const entry = openEntry(sla, await this.parts.store.progress.load(sla.id, fromMs));
    this.#entries.set(sla.id, entry);
    return entry;
  }

  /** Forgets a definition that is gone. To be called exclusively. */
  drop(id: string): void {
    this.#entries.delete(id);
  }

  /** Evaluates one SLA now; whoever asks while that is under way shares it. */
  async evaluate(id: string): Promise<void> {
    let underWay = this.#underWay.get(id);
    if (underWay === undefined) {
      underWay = this.#evaluateOne(id).finally(() => this.#underWay.delete(id));
      this.#underWay.set(id, underWay);
    }
    await underWay;
  }

  /** Evaluates every SLA once, then chooses forecasting methods for those whose turn it is. */
  async evaluateAll(signal?: AbortSignal): Promise<void> {
    const now = await this.#askNow(signal);
    const waiting = this.entries();
    const commits = new CommitQueue((evaluations) => this.#commit(evaluations));
    const work = async (): Promise<void> => {
      for (let entry = waiting.shift(); entry !== undefined && !signal?.aborted; entry = waiting.shift()) {
        const { id } = entry.sla;
        const held = await this.#hold(id);
        const evaluation = await this.#judge(id, now).catch((error) =>
          this.#tell("evaluate an SLA", error, id)
        );
        if (evaluation === undefined) held.release();
        else commits.add(evaluation, held.release);
      }
    };
    await Promise.all(Array.from({ length: 2 * this.parts.settings.readsMax }, work));
    await commits.finished();
    if (!signal?.aborted && typeof now === "number") await this.choose();
  }

  /** Chooses forecasting methods for the label sets whose turn it is, of all SLAs or of one. */
  async choose(id?: string): Promise<void> {
    const { settings, maths, store } = this.parts;
    const entries = id === undefined ? this.entries() : [this.entry(id)];
    const byEntry = Map.groupBy(dueChoices(entries, settings), ({ entry }) => entry);
    await Promise.all([...byEntry].map(async ([entry, choices]) => {
      try {
        const models = await chooseModels(entry, choices, { reader: this.reader, maths, settings });
        if (models.length > 0) await store.progress.saveModels(models);
      } catch (error) {
        this.#tell("choose a forecasting method", error, entry.sla.id);
      }
    }));
  }

  /** Accounts one portion of the past of one SLA; resolves to whether there was one. */
  async backfill(id: string): Promise<boolean> {
    return await this.exclusively(id, async () => {
      const entry = this.#entries.get(id);
      const range = entry === undefined ? null : backfillRange(entry);
      if (entry === undefined || range === null || entry.view === null) return false;
      const { expression } = entry.sla;
      const { stepMs } = judgeRules(entry.sla, this.parts.settings);
      const reading = await this.reader.read({ expression, ...range, stepMs });
      await this.#commit([backfillStep(entry, reading, { toMs: range.toMs, settings: this.parts.settings })]);
      return true;
    });
  }

  async #evaluateOne(id: string): Promise<void> {
    const first = this.entry(id).view === null;
    const now = await this.#askNow();
    const once = () =>
      this.exclusively(id, async () => {
        const evaluation = await this.#judge(id, now);
        if (evaluation !== undefined) await this.#commit([evaluation]);
      });
    await once();
    // Who has just made an SLA wants its prediction now, not after the next turn.
    if (first && typeof now === "number" && this.#entries.has(id)) {
      await this.choose(id);
      await once();
    }
  }

  /** The source's now, or why it gives none. */
  async #askNow(signal?: AbortSignal): Promise<number | Error> {
    try {
      const { readTimeoutMs } = this.parts.settings;
      const deadline = AbortSignal.timeout(readTimeoutMs);
      return await this.time.ask(signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Evaluates one SLA without storing the result, and shows it to readers. */
  async #judge(id: string, now: number | Error): Promise<Evaluation | undefined> {
    if (this.#entries.get(id)?.version === UNSURE) await this.#reload(id);
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    const { settings } = this.parts;
    if (now instanceof Error) return this.#show(this.#fail(entry, now));
    const rules = judgeRules(entry.sla, settings);
    try {
      let range = evaluationRange(entry, now, { rules, settings });
      for (let i = 0; i < PORTIONS_MAX && (range.toMs - range.fromMs) / rules.stepMs > PORTION_STEPS; i++) {
        const toMs = range.fromMs + PORTION_STEPS * rules.stepMs;
        const portion = { fromMs: range.fromMs, settledToMs: toMs, toMs };
        const reading = await this.#read(entry, portion, rules.stepMs);
        await this.#commit([evaluateReading(entry, reading, { range: portion, nowMs: now, settings })]);
        const next = evaluationRange(entry, now, { rules, settings });
        if (next.fromMs <= range.fromMs) {
          throw new DomainError("unavailable", "Cannot catch up as what was found could not be stored");
        }
        range = next;
      }
      const reading = await this.#read(entry, range, rules.stepMs);
      return this.#show(evaluateReading(entry, reading, { range, nowMs: now, settings }));
    } catch (error) {
      if (error instanceof DomainError) return this.#show(this.#fail(entry, error));
      this.#tell("evaluate an SLA", error, id);
      return this.#show(this.#fail(entry, new Error("judging failed, the log says why")));
    }
  }

  async #read(entry: SlaEntry, { fromMs, toMs }: EvaluationRange, stepMs: number): Promise<RangeReading> {
    const reading = await this.reader.read({ expression: entry.sla.expression, fromMs, toMs, stepMs });
    if (!reading.incomplete) return reading;
    throw new DomainError("unavailable", `Cannot judge an incomplete answer: ${reading.warnings.join("; ")}`);
  }

  #fail(entry: SlaEntry, error: Error): Evaluation {
    const { settings } = this.parts;
    return evaluateFailure(entry, `the metrics source gave no answer: ${error.message}`, {
      nowMs: this.time.estimate(),
      settings,
    });
  }

  #show(evaluation: Evaluation): Evaluation {
    evaluation.entry.view = evaluation.view;
    return evaluation;
  }

  /** Takes its turn in the queue of an SLA and keeps it until released. */
  async #hold(id: string): Promise<{ readonly release: () => void }> {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const { promise: turn, resolve: begin } = Promise.withResolvers<void>();
    void this.exclusively(id, async () => {
      begin();
      await promise;
    });
    await turn;
    return { release };
  }

  /** Stores evaluations together, or one by one where one of them spoils it for the others. */
  async #commit(evaluations: readonly Evaluation[]): Promise<void> {
    const worthy = evaluations.filter(({ step }) => step.progress !== NO_PROGRESS);
    if (worthy.length === 0) return;
    const { store, onEvents } = this.parts;
    try {
      const results = await store.progress.commit(worthy.map(({ step }) => step));
      for (const [i, { stored }] of results.entries()) {
        if (stored) acceptEvaluation(worthy[i]);
        else await this.#reload(worthy[i].entry.sla.id);
      }
      const events = results.flatMap((result) => result.events);
      if (events.length > 0) onEvents?.(events);
    } catch (error) {
      if (worthy.length > 1 && !isUnavailable(error)) {
        for (const evaluation of worthy) await this.#commit([evaluation]);
        return;
      }
      this.#tell("store evaluations", error, worthy.length === 1 ? worthy[0].entry.sla.id : undefined);
      // The commit may have come through before its answer was lost: what is stored decides.
      for (const { entry } of worthy) entry.version = UNSURE;
    }
  }

  /** Holds what is stored, after another process or an edit was faster. */
  async #reload(id: string): Promise<void> {
    const view = this.#entries.get(id)?.view ?? null;
    try {
      const sla = await this.parts.store.definitions.read(id);
      if (sla === null) this.drop(id);
      else (await this.adopt(sla)).view = view;
    } catch (error) {
      this.#tell("read an SLA", error, id);
    }
  }

  #tell(what: string, error: unknown, slaId?: string): undefined {
    this.parts.onProblem?.({ what, error, slaId });
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof DomainError && error.code === "unavailable";
}
