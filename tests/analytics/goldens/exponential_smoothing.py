"""Writes exponential_smoothing.json: statsmodels on the series of exponential_smoothing_r.json and on synthetic ones.

pip install statsmodels==0.15.0 && python exponential_smoothing.py
"""

import json
import pathlib
import warnings

import numpy as np
import statsmodels
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
classic = json.loads((here / "exponential_smoothing_r.json").read_text())["series"]


def wave(n, period):
    """The series of the benches: trend, two harmonics and AR(1) noise, rounded so that it can be stored."""
    noise = np.random.default_rng(0).normal(size=n)
    for t in range(1, n):
        noise[t] += 0.7 * noise[t - 1]
    t = np.arange(n)
    waves = 10 * np.sin(2 * np.pi * t / period) + 3 * np.sin(4 * np.pi * t / period + 0.3)
    return np.round(100 + 0.002 * t + waves + noise, 2)


series = {name: (entry["values"], entry["period"]) for name, entry in classic.items()}
series["wave24"] = (wave(480, 24).tolist(), 24)
series["wave288"] = (wave(2016, 288).tolist(), 288)

winters, ets = [], []
for name, (values, period) in series.items():
    y = np.array(values, dtype=float)
    long = period > 24
    seasons = [None, "additive", "multiplicative"] if period > 1 else [None]
    for season in ["additive"] if long else seasons:
        for trend, damped in [("additive", False)] if long else [
            (None, False), ("additive", False), ("additive", True), ("multiplicative", False),
        ]:
            fit = ExponentialSmoothing(
                y, trend=trend, damped_trend=damped, seasonal=season,
                seasonal_periods=period if season else None, initialization_method="estimated",
            ).fit()
            winters.append({
                "series": name, "trend": trend or "none", "damped": damped, "seasonal": season or "none",
                "sse": fit.sse, "aic": fit.aic, "aicc": fit.aicc, "bic": fit.bic,
            })
    if long or name == "co2":
        continue
    for error in ["add", "mul"]:
        for season in [None, "add", "mul"] if period > 1 else [None]:
            if error == "add" and season == "mul":
                continue
            for trend, damped in [(None, False), ("add", False), ("add", True)]:
                fit = ETSModel(
                    y, error=error, trend=trend, damped_trend=damped, seasonal=season,
                    seasonal_periods=period if season else None,
                ).fit(disp=False, maxiter=2000)
                full = {"add": "additive", "mul": "multiplicative", None: "none"}
                ets.append({
                    "series": name, "error": full[error], "trend": full[trend], "damped": damped,
                    "seasonal": full[season], "logLikelihood": fit.llf,
                })

# Figures of a fit whose weights are all held depend on the initial state alone, which least squares determine.
held = []
for trend, damped, season, weights in [
    (None, False, None, [0.3]),
    ("additive", False, None, [0.3, 0.2]),
    ("additive", True, None, [0.3, 0.2, 0.9]),
    ("additive", False, "additive", [0.3, 0.2, 0.4]),
    ("additive", True, "additive", [0.3, 0.2, 0.4, 0.9]),
]:
    y = np.array(series["accidentalDeaths"][0])
    model = ExponentialSmoothing(
        y, trend=trend, damped_trend=damped, seasonal=season, seasonal_periods=12 if season else None,
        initialization_method="estimated",
    )
    names = ["smoothing_level"] + (["smoothing_trend"] if trend else []) + (
        ["smoothing_seasonal"] if season else []) + (["damping_trend"] if damped else [])
    with model.fix_params(dict(zip(names, weights))):
        fit = model.fit(method="least_squares", minimize_kwargs={"xtol": 1e-14, "ftol": 1e-14, "gtol": 1e-14})
    held.append({
        "trend": trend or "none", "damped": damped, "seasonal": season or "none", "weights": weights,
        "sse": fit.sse, "forecast": fit.forecast(15).tolist(),
    })

out = {
    "source": f"statsmodels {statsmodels.__version__}, numpy {np.__version__}: python exponential_smoothing.py",
    "wave24": series["wave24"][0],
    "wave288": series["wave288"][0],
    "holtWinters": winters,
    "ets": ets,
    "held": held,
}
lines = [f'"{name}": ' + (
    "[\n" + ",\n".join(json.dumps(entry) for entry in value) + "\n]"
    if isinstance(value, list) and isinstance(value[0], dict) else json.dumps(value)
) for name, value in out.items()]
(here / "exponential_smoothing.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
