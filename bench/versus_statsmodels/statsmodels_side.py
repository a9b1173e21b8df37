"""Reads rows as JSON from standard input, does their work with statsmodels, and writes median milliseconds.

Started by main.ts, in a virtual environment of its own, on one thread.
"""

import itertools
import json
import statistics
import sys
import time
import warnings

import numpy as np
import pandas
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from statsmodels.tsa.seasonal import STL, seasonal_decompose
from statsmodels.tsa.stattools import acf, adfuller, kpss

warnings.simplefilter("ignore")


def holt_winters(x, period):
    model = ExponentialSmoothing(
        x, trend="add", seasonal="add", seasonal_periods=period, initialization_method="estimated"
    )
    return float(model.fit().sse)


def auto_ets(x, period):
    """All combinations R's ets considers by default: no multiplicative trend, no additive error with such a season."""
    best = np.inf
    for error, trend, season in itertools.product(("add", "mul"), (None, "add"), (None, "add", "mul")):
        if error == "add" and season == "mul":
            continue
        for damped in (False, True) if trend else (False,):
            model = ETSModel(
                x, error=error, trend=trend, damped_trend=damped, seasonal=season,
                seasonal_periods=period if season else None,
            )
            best = min(best, model.fit(disp=False).aicc)
    return float(best)


def whole(x, period):
    acf(x, nlags=len(x) - 1, fft=True)
    adfuller(x, result_object=True)
    kpss(x, result_object=False)
    STL(x, period=period).fit()
    holt_winters(x, period)
    pandas.Series(x).describe(percentiles=[0.5, 0.9, 0.95, 0.99])


WORK = {
    "acf": lambda x, _: float(acf(x, nlags=len(x) - 1, fft=True)[1]),
    "adf": lambda x, _: float(adfuller(x, result_object=True).statistic),
    "kpss": lambda x, _: float(kpss(x, result_object=False)[0]),
    "seasonal_decompose": lambda x, period: float(seasonal_decompose(x, period=period).seasonal[0]),
    "stl": lambda x, period: float(STL(x, period=period).fit().trend[1000]),
    "stl_robust": lambda x, period: float(STL(x, period=period, robust=True).fit().trend[1000]),
    "holt_winters": holt_winters,
    "auto_ets": auto_ets,
    "whole": whole,
}


def measure(row):
    x = np.asarray(row["values"])
    work = WORK[row["work"]]
    if row["runs"] > 1:
        work(x, row["period"])
    durations = []
    for _ in range(row["runs"]):
        start = time.perf_counter()
        answer = work(x, row["period"])
        durations.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"ms": statistics.median(durations), "answer": answer}), flush=True)


for line in sys.stdin:
    measure(json.loads(line))
