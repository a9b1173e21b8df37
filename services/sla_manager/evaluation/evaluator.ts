import { shardOf } from "../../shared/domain/shard.ts";
import type { SlaEvent } from "../../shared/domain/sla/sla_event.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { MetricsSource } from "../../shared/ports/metrics_source.ts";
import type { ShardOwnership } from "../../shared/ports/shard_ownership.ts";
import type { SlaStore } from "../../shared/ports/sla_store.ts";
import { HeldSlas } from "../held/held_slas.ts";
import type { SlaEntry } from "../held/sla_entry.ts";
import { judgeRules } from "../judging/judge_rules.ts";
import { adoptModels, chooseModels, dueChoices } from "../prediction/choose_models.ts";
import type { Maths } from "../prediction/maths.ts";
import type { SlaSettings } from "../settings.ts";
import { SampleReader } from "../source/read_samples.ts";
import { describeSilence, type Silence } from "../source/source_silence.ts";
import { SourceTime } from "../source/source_time.ts";
import { backfillRange, backfillStep } from "./backfill_step.ts";
import { CommitQueue } from "./commit_queue.ts";
import type { Evaluation } from "./evaluation.ts";
import { type Look, lookAtSla } from "./look_at_sla.ts";
import { lastTickMs } from "../judging/tick.ts";
import { makeSure, storeEvaluations, type StoreParts } from "./store_evaluations.ts";

/** What an evaluator works with. */
export interface EvaluatorParts {
  readonly source: MetricsSource;
  readonly store: SlaStore;
  readonly clock: Clock;
  readonly maths: Maths;
  readonly settings: SlaSettings;
  /** The shards whose SLAs are this replica's to judge. */
  readonly shards: Pick<ShardOwnership, "owned">;
  /** Since when the source answers nobody, by this machine's clock; `null` where it does. */
  readonly failingSince: () => Promise<number | null>;
  /** Hears what was stored, in order. */
  readonly onEvents?: (events: readonly SlaEvent[]) => void;
  /** Hears what went wrong with one SLA or with the store; the work goes on. */
  readonly onProblem?: (
    problem: { readonly what: string; readonly slaId?: string; readonly error: unknown },
  ) => void;
}

/**
 * Evaluates SLAs, one evaluation of an SLA at a time, and holds what readers see in between.
 *
 * What an evaluation finds counts when it is stored: progress, hours, events and messages in one transaction. One
 * that could not be stored is made again from the same samples, so nothing is lost and nothing is counted twice;
 * readers see its state all the same.
 *
 * Where replicas share the SLAs, each judges those of its shards and holds the definitions of all. Should two judge
 * the same for a moment, what is stored first counts, and the other starts over from that.
 */
export class Evaluator {
  readonly parts: EvaluatorParts;
  readonly time: SourceTime;
  readonly reader: SampleReader;
  readonly slas: HeldSlas;
  readonly #underWay = new Map<SlaEntry, Promise<void>>();
  /** The first evaluation of all that the source answered after one that it did not. */
  #returnedAtMs = -Infinity;
  #wasSilent = false;

  constructor(parts: EvaluatorParts) {
    this.parts = parts;
    this.time = new SourceTime(parts.source, parts.clock);
    this.reader = new SampleReader(parts.source, parts.settings);
    this.slas = new HeldSlas(parts.store, this.time);
  }

  /** Evaluates one SLA now; whoever asks while that is under way, for the same definition, shares it. */
  async evaluate(id: string): Promise<void> {
    const entry = this.slas.require(id);
    let underWay = this.#underWay.get(entry);
    if (underWay === undefined) {
      underWay = this.#evaluateOne(id).finally(() => this.#underWay.delete(entry));
      this.#underWay.set(entry, underWay);
    }
    await underWay;
  }

  /** Whether this replica is the one to judge that SLA, or to do what else goes by this name. */
  owns(id: string): boolean {
    return this.parts.shards.owned().has(shardOf(id));
  }

  /** The SLAs that are this replica's to judge, in order of creation. */
  own(): SlaEntry[] {
    return this.slas.entries().filter(({ sla }) => this.owns(sla.id));
  }

  /**
   * The SLA as readers see it. One that another replica judges is looked at when somebody asks and the last look is
   * before the newest tick: judged as of that, from what is stored of it and from the source, which counts for
   * nothing.
   */
  async show(id: string): Promise<SlaEntry> {
    const entry = this.slas.find(id);
    if (entry !== undefined && (this.owns(id) || this.#isFresh(entry))) return entry;
    await this.slas.exclusively(id, async () => {
      const known = this.slas.find(id);
      // It may be that another replica has just created it, or that another reader had it looked at.
      if (known === undefined) await this.slas.reload(id);
      else if (this.#isFresh(known)) return;
      else this.slas.doubt(known);
      const now = await this.#askNow();
      // As of the tick; unless the source was silent then.
      const tickMs = typeof now === "number" ? this.#tickOf(now) : NaN;
      await this.#judge(id, tickMs >= this.#returnedAtMs ? tickMs : now);
    });
    return this.slas.require(id);
  }

  /**
   * Evaluates every SLA of its own once, or those that are given of them, then chooses forecasting methods for those
   * whose turn it is.
   *
   * @returns Whether the source answered; once it falls silent, no SLA waits for it any more.
   */
  async evaluateAll(signal?: AbortSignal, only?: readonly SlaEntry[]): Promise<boolean> {
    let now = await this.#askNow(signal);
    if (this.#wasSilent && typeof now === "number") this.#returnedAtMs = now;
    const waiting = only?.filter(({ sla }) => this.owns(sla.id)) ?? this.own();
    this.#doubtOthers();
    const commits = new CommitQueue((evaluations) => this.#store(evaluations));
    const work = async (): Promise<void> => {
      for (let entry = waiting.shift(); entry !== undefined && !signal?.aborted; entry = waiting.shift()) {
        const { id } = entry.sla;
        const held = await this.slas.hold(id);
        const evaluation = await this.#judge(id, now).catch((error) =>
          this.#tell("evaluate an SLA", error, id)
        );
        if (evaluation === undefined) held.release();
        else commits.add(evaluation, held.release);
        if (evaluation?.silence !== undefined) now = evaluation.silence;
      }
    };
    await Promise.all(Array.from({ length: 2 * this.parts.settings.readsMax }, work));
    await commits.finished();
    this.#wasSilent = typeof now !== "number";
    if (!signal?.aborted && !this.#wasSilent) await this.choose();
    return !this.#wasSilent;
  }

  /** Chooses forecasting methods for the label sets whose turn it is, of all SLAs or of one. */
  async choose(id?: string): Promise<void> {
    const { settings, maths, store } = this.parts;
    const entries = id === undefined ? this.own() : [this.slas.require(id)];
    const byEntry = Map.groupBy(dueChoices(entries, settings), ({ entry }) => entry);
    await Promise.all([...byEntry].map(async ([entry, choices]) => {
      const onProblem = (error: unknown) => this.#tell("choose a forecasting method", error, entry.sla.id);
      try {
        const models = await chooseModels(entry, choices, {
          reader: this.reader,
          maths,
          settings,
          onProblem,
        });
        await this.slas.exclusively(entry.sla.id, async () => {
          // What was chosen for an expression that was edited meanwhile is of no use.
          if (models.length === 0 || this.slas.find(entry.sla.id) !== entry) return;
          adoptModels(entry, models);
          await store.progress.saveModels(models);
        });
      } catch (error) {
        onProblem(error);
      }
    }));
  }

  /** Accounts one portion of the past of one SLA; resolves to whether there was one. */
  async backfill(id: string): Promise<boolean> {
    return await this.slas.exclusively(id, async () => {
      const entry = this.slas.find(id);
      const range = entry === undefined ? null : backfillRange(entry);
      if (entry === undefined || range === null || entry.view === null) return false;
      const { expression } = entry.sla;
      const { stepMs } = judgeRules(entry.sla, this.parts.settings);
      const reading = await this.reader.read({ expression, ...range, stepMs });
      await this.#store([backfillStep(entry, reading, { toMs: range.toMs, settings: this.parts.settings })]);
      return true;
    });
  }

  async #evaluateOne(id: string): Promise<void> {
    const now = await this.#askNow();
    const once = () =>
      this.slas.exclusively(id, async () => {
        const evaluation = await this.#judge(id, now);
        if (evaluation !== undefined) await this.#store([evaluation]);
      });
    await once();
    // Who has just made or changed an SLA wants its prediction now, not after the next turn.
    const unpredicted = [...this.slas.find(id)?.series.values() ?? []].some(({ model }) => model === null);
    if (unpredicted && typeof now === "number") {
      await this.choose(id);
      await once();
    }
  }

  /** Another replica goes on with these: should they become this one's, what is stored comes first. */
  #doubtOthers(): void {
    for (const entry of this.slas.entries()) if (!this.owns(entry.sla.id)) this.slas.doubt(entry);
  }

  #isFresh({ view }: SlaEntry): boolean {
    return view !== null && view.evaluatedAtMs >= this.#tickOf(this.time.estimate()) &&
      (view.failure === null || view.evaluatedAtMs >= this.#returnedAtMs);
  }

  #tickOf(timeMs: number): number {
    return lastTickMs(timeMs, this.parts.settings.intervalMs);
  }

  /** The source's now, or why it gives none. */
  async #askNow(signal?: AbortSignal): Promise<number | Silence> {
    const now = await this.time.askWithin(this.parts.settings.readTimeoutMs, signal);
    if (typeof now === "number") return now;
    if (!signal?.aborted) this.#tell("ask the metrics source", now);
    return await describeSilence(now, { ...this.parts, time: this.time });
  }

  /** Evaluates one SLA without storing the result, and shows it to readers. */
  async #judge(id: string, now: number | Silence): Promise<Look | undefined> {
    await makeSure(id, this.#storing());
    const entry = this.slas.find(id);
    if (entry === undefined) return undefined;
    const look = await lookAtSla(entry, now, {
      ...this.parts,
      reader: this.reader,
      time: this.time,
      store: (evaluation) => this.#store([evaluation]),
      onProblem: (error) => this.#tell("evaluate an SLA", error, id),
    });
    entry.view = look.view;
    return look;
  }

  async #store(evaluations: readonly Evaluation[]): Promise<void> {
    await storeEvaluations(evaluations, this.#storing());
  }

  #storing(): StoreParts {
    const { parts: { store: { progress }, onEvents }, slas } = this;
    return { progress, slas, onEvents, onProblem: (what, error, slaId) => this.#tell(what, error, slaId) };
  }

  #tell(what: string, error: unknown, slaId?: string): undefined {
    this.parts.onProblem?.({ what, error, slaId });
  }
}
