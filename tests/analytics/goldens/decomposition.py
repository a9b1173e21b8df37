"""Writes decomposition.json: STL, MSTL and seasonal_decompose of statsmodels.

Run: pip install statsmodels==0.15.0 && python tests/analytics/goldens/decomposition.py
Components are stored at every `stride`-th place and as the sum of all squares, to keep the file small.
"""

import json
import pathlib

import numpy as np
import statsmodels
from statsmodels.tsa.seasonal import MSTL, STL, seasonal_decompose


def series(seed, length, period, outliers=()):
    rng = np.random.default_rng(seed)
    t = np.arange(length)
    noise = np.zeros(length)
    for i, shock in enumerate(rng.standard_normal(length)):
        noise[i] = shock + (0.7 * noise[i - 1] if i else 0)
    values = 100 + 0.02 * t + 10 * np.sin(2 * np.pi * t / period) + 3 * np.sin(4 * np.pi * t / period + 0.3) + noise
    values[list(outliers)] += 40
    return np.round(values, 3)


def component(values):
    stride = max(1, len(values) // 24)
    shown = [None if np.isnan(v) else float(f"{v:.12g}") for v in values[::stride]]
    return {"stride": stride, "values": shown, "squares": float(np.nansum(np.asarray(values) ** 2))}


SERIES = {
    "monthly": series(0, 150, 12, (20, 77, 78)),
    "short": series(1, 61, 30),
    "pairs": series(2, 30, 2),
    "medium": series(3, 500, 50, (100, 333)),
    "long": series(4, 1152, 288, (700,)),
}
NAMES = {
    "period": "period", "seasonal": "seasonalWindow", "trend": "trendWindow", "low_pass": "lowPassWindow",
    "seasonal_deg": "seasonalDegree", "trend_deg": "trendDegree", "low_pass_deg": "lowPassDegree",
    "seasonal_jump": "seasonalJump", "trend_jump": "trendJump", "low_pass_jump": "lowPassJump", "robust": "robust",
    "inner_iter": "innerIterations", "outer_iter": "outerIterations",
}
CASES = [
    ("monthly", dict(period=12), {}),
    ("monthly", dict(period=12, robust=True), {}),
    ("monthly", dict(period=12, seasonal_deg=0), {}),
    ("monthly", dict(period=12, trend_deg=0, low_pass_deg=0), {}),
    ("monthly", dict(period=12, seasonal=35, robust=True), {}),
    ("monthly", dict(period=12, trend=151), {}),
    ("monthly", dict(period=12, trend=401, robust=True), {}),
    ("monthly", dict(period=12, low_pass=201), {}),
    ("monthly", dict(period=12, seasonal_jump=2, trend_jump=3, low_pass_jump=2), {}),
    ("monthly", dict(period=12, seasonal_jump=4, trend_jump=17, low_pass_jump=50, robust=True), {}),
    ("monthly", dict(period=12, trend_jump=200), {}),
    ("monthly", dict(period=12, seasonal=101, trend=13, trend_jump=11), {}),
    ("monthly", dict(period=12, seasonal=3), dict(inner_iter=1, outer_iter=3)),
    ("short", dict(period=30), {}),
    ("pairs", dict(period=2), {}),
    ("medium", dict(period=50), {}),
    ("medium", dict(period=50, robust=True), {}),
    ("medium", dict(period=50, trend_deg=0, low_pass_deg=0, robust=True), {}),
    ("medium", dict(period=50, trend_jump=60), {}),
    ("medium", dict(period=50, trend=451, trend_jump=7, robust=True), {}),
    ("long", dict(period=288), {}),
    ("long", dict(period=288, robust=True), {}),
    ("long", dict(period=288, trend=1153, robust=True), {}),
]

stl = []
for name, options, fit in CASES:
    result = STL(SERIES[name], **options).fit(**fit)
    stl.append({
        "series": name,
        "options": {NAMES[key]: value for key, value in {**options, **fit}.items()},
        "trend": component(result.trend),
        "seasonal": component(result.seasonal),
        "weights": component(result.weights),
    })

SERIES["weekly"] = np.round(
    series(5, 400, 24) + 5 * np.sin(2 * np.pi * np.arange(400) / 168), 3
)
mstl = []
for options, extra in [
    ({}, {}), ({"windows": (7, 9)}, {}), ({"iterate": 3}, {}), ({}, {"robust": True}), ({}, {"seasonal_deg": 0}),
]:
    result = MSTL(SERIES["weekly"], periods=(24, 168), stl_kwargs=dict(extra), **options).fit()
    mstl.append({
        "series": "weekly",
        "options": {"periods": [24, 168], **options, **{NAMES[key]: value for key, value in extra.items()}},
        "trend": component(result.trend),
        "seasonal": {"24": component(result.seasonal[:, 0]), "168": component(result.seasonal[:, 1])},
        "weights": component(result.weights),
    })

classical = []
for name, period, options in [
    ("monthly", 12, {}),
    ("monthly", 7, {}),
    ("monthly", 12, {"model": "multiplicative"}),
    ("monthly", 12, {"two_sided": False}),
    ("monthly", 12, {"extrapolate_trend": 5}),
    ("monthly", 7, {"extrapolate_trend": "period"}),
    ("monthly", 12, {"two_sided": False, "extrapolate_trend": 3, "model": "multiplicative"}),
    ("long", 288, {}),
]:
    result = seasonal_decompose(SERIES[name], period=period, **options)
    names = {"model": "model", "two_sided": "twoSided", "extrapolate_trend": "extrapolateTrend"}
    classical.append({
        "series": name,
        "options": {"period": period, **{names[key]: value for key, value in options.items()}},
        "trend": component(result.trend),
        "seasonal": component(result.seasonal),
        "remainder": component(result.resid),
    })

target = pathlib.Path(__file__).with_name("decomposition.json")
target.write_text(json.dumps({
    "source": f"statsmodels {statsmodels.__version__}",
    "command": "python tests/analytics/goldens/decomposition.py",
    "series": {name: list(values) for name, values in SERIES.items()},
    "stl": stl,
    "mstl": mstl,
    "seasonalDecompose": classical,
}, separators=(",", ":")) + "\n")
