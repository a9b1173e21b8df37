import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  fromForecastRow,
  toForecastRow,
} from "../../../../../services/shared/adapters/results/result_rows.ts";
import { SeriesForecast } from "../../../../../services/shared/domain/results/forecast.ts";
import { forecastMessage } from "../../../../support/result_messages.ts";

Deno.test("fromForecastRow() reads a row without a backtest as figures that are null, with the reason", () => {
  const message = forecastMessage();
  const [, origin, text, steps, producedAtMs] = toForecastRow(message);
  const body = JSON.parse(text as string);
  const { id, name, labels, type, unit } = message.series;
  const read = (explanation: object) =>
    fromForecastRow({
      series_id: id,
      series_name: name,
      series_labels: JSON.stringify(labels),
      series_type: type,
      series_unit: unit,
      origin: origin as number,
      body: JSON.stringify({ ...body, explanation }),
      steps: steps as Uint8Array,
      produced_at: producedAtMs as number,
    });
  const { explanation } = SeriesForecast.parse(read({ ...body.explanation, backtest: null }));
  strictEqual(explanation.backtest.mae, null);
  strictEqual(explanation.backtest.reason, "no backtest was run");
  deepStrictEqual(read(body.explanation).explanation, message.explanation);
});
