import type { Component, ComponentJson } from "./_component.ts";
import {
  numbersToJson,
  requireArray,
  requireComponentJson,
  requireCount,
  requireNumbers,
  requireRecord,
} from "./_json.ts";

/** One season: a value per phase, added to what the core predicts. */
export interface Season {
  readonly values: Float64Array;
  /** Phase of the next value. */
  position: number;
}

/** A core that sees the series without its seasons, and the seasons added to what it says. */
export class Seasonal implements Component {
  readonly #core: Component;
  readonly #seasons: readonly Season[];

  constructor(core: Component, seasons: readonly Season[]) {
    this.#core = core;
    this.#seasons = seasons.map((season) => ({ ...season }));
  }

  next(): number {
    return this.#core.next() + this.#offset();
  }

  update(value: number): void {
    this.#core.update(value - this.#offset());
    for (const season of this.#seasons) {
      season.position = season.position + 1 === season.values.length ? 0 : season.position + 1;
    }
  }

  predict(mean: Float64Array): void {
    this.#core.predict(mean);
    for (const { values, position } of this.#seasons) {
      for (let k = 0, phase = position; k < mean.length; k++) {
        mean[k] += values[phase];
        phase = phase + 1 === values.length ? 0 : phase + 1;
      }
    }
  }

  toJson(): ComponentJson {
    return {
      kind: "seasonal",
      core: this.#core.toJson(),
      seasons: this.#seasons.map(({ values, position }) => ({
        values: numbersToJson(values),
        position,
      })),
    };
  }

  static fromJson(json: ComponentJson, read: (json: ComponentJson) => Component): Seasonal {
    const seasons = requireArray(json.seasons, "seasons").map((entry, i) => {
      const season = requireRecord(entry, `seasons[${i}]`);
      const values = requireNumbers(season.values, `seasons[${i}].values`);
      return {
        values,
        position: requireCount(season.position, `seasons[${i}].position`, 0, values.length - 1),
      };
    });
    return new Seasonal(
      read(requireComponentJson(json.core, "core")),
      seasons,
    );
  }

  #offset(): number {
    let sum = 0;
    for (let i = 0; i < this.#seasons.length; i++) {
      sum += this.#seasons[i].values[this.#seasons[i].position];
    }
    return sum;
  }
}
