"""Writes statistics.json: what statsmodels, pandas and SciPy say about a few series.

python3 -m venv venv && venv/bin/pip install statsmodels==0.15.0
venv/bin/python tests/analytics/goldens/statistics.py
"""

import json
import pathlib
import warnings

import numpy as np
import pandas
import scipy.stats
import statsmodels
import statsmodels.api as sm
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.tsa.stattools import acf, adfuller, kpss, pacf

warnings.simplefilter("ignore")


def numbers(values):
    return [None if np.isnan(value) else float(value) for value in np.asarray(values, dtype=float)]


def autoregression(rng, n):
    values = np.zeros(n)
    for t, shock in enumerate(rng.normal(size=n)):
        values[t] = 0.7 * values[t - 1] + shock
    return values


rng = np.random.default_rng(20)
t = np.arange(480)
macro = sm.datasets.macrodata.load_pandas().data
walk = np.round(np.cumsum(rng.normal(size=500)) * 1024) / 1024
gapped = np.round(autoregression(rng, 200), 6)
gapped[rng.choice(200, size=37, replace=False)] = np.nan
gapped[50:60] = np.nan
series = {
    "seasonal": np.round(100 + 0.01 * t + 10 * np.sin(2 * np.pi * t / 24) + autoregression(rng, 480), 6),
    "walk": walk,
    "noise": np.round(rng.normal(size=150), 6),
    "slope": np.round(np.arange(200) * 3.0 + rng.normal(size=200), 6),
    "smooth": np.round(np.sin(np.arange(300) / 30), 12) + np.round(1e-4 * rng.normal(size=300), 9),
    "few levels": rng.integers(0, 3, size=120).astype(float),
    "step": np.r_[np.zeros(60), np.ones(60)] + np.round(1e-3 * rng.normal(size=120), 6),
    "realgdp": macro.realgdp.values,
    "infl": macro.infl.values,
    "sunspots": sm.datasets.sunspots.load_pandas().data.SUNACTIVITY.values,
    "nile": sm.datasets.nile.load_pandas().data.volume.values.astype(float),
    "gapped": gapped,
}


def adf_row(values, regression, selection, **options):
    autolag = None if selection == "fixed" else selection
    result = adfuller(values, regression=regression, autolag=autolag, result_object=True, **options)
    return {
        "regression": regression,
        "lagSelection": selection,
        **({"maxLag": options["maxlag"]} if "maxlag" in options else {}),
        "statistic": result.statistic,
        "pValue": result.pvalue,
        "usedLag": int(result.lags),
        "observations": int(result.nobs),
        "criticalValues": [result.critical_values[level] for level in ("1%", "5%", "10%")],
        "informationCriterion": float(result.icbest) if selection in ("aic", "bic") else None,
    }


def kpss_row(values, regression, lags):
    result = kpss(values, regression=regression, nlags=lags, result_object=False)
    return {
        "regression": regression,
        "lags": lags,
        "statistic": result[0],
        "pValue": result[1],
        "usedLag": int(result[2]),
    }


def row(name, values):
    estimate, bounds = acf(values, nlags=40, alpha=0.05, missing="conservative", result_object=False)
    described = pandas.Series(values).describe(percentiles=[0.5, 0.9, 0.95, 0.99])
    golden = {
        "name": name,
        "values": numbers(values),
        "acf": {"values": numbers(estimate), "lower": numbers(bounds[:, 0]), "upper": numbers(bounds[:, 1])},
        "adjustedAcf": numbers(acf(values, nlags=40, adjusted=True, missing="conservative")),
        "summary": numbers(described),
    }
    if np.isnan(values).any():
        return golden
    partial = pacf(values, nlags=20, method="ldb", alpha=0.1, result_object=True)
    box = acorr_ljungbox(values, lags=20, model_df=2)
    golden["pacf"] = {"values": numbers(partial[0]), "lower": numbers(partial[1][:, 0])}
    golden["ljungBox"] = {"statistic": numbers(box.lb_stat), "pValue": numbers(box.lb_pvalue)}
    golden["adf"] = [
        adf_row(values, regression, selection)
        for regression in ("n", "c", "ct", "ctt")
        for selection in ("aic", "bic", "t-stat", "fixed")
    ]
    golden["kpss"] = [
        kpss_row(values, regression, lags) for regression in ("c", "ct") for lags in ("auto", "legacy", 0, 3)
    ]
    return golden


golden = {
    "source": "statsmodels, pandas and SciPy",
    "version": f"statsmodels {statsmodels.__version__}, pandas {pandas.__version__}, SciPy {scipy.__version__}",
    "command": "python tests/analytics/goldens/statistics.py",
    "series": [row(name, values) for name, values in series.items()],
    "shiftedWalk": [
        {"offset": offset, **adf_row(walk + offset, regression, "aic")}
        for offset in (0.0, 1e9, 1e10)
        for regression in ("c", "ct")
    ],
    "normalQuantile": [
        [p, scipy.stats.norm.ppf(p)] for p in (1e-300, 1e-20, 1e-5, 0.025, 0.07, 0.3, 0.5, 0.8, 0.975, 0.99999)
    ],
    "normalCdf": [[z, scipy.stats.norm.cdf(z)] for z in (-37, -9, -5.7, -5.6, -2, -0.68, -0.1, 0, 0.5, 3, 9)],
    "chiSquareSurvival": [
        [x * degrees, degrees, scipy.stats.chi2.sf(x * degrees, degrees)]
        for degrees in (1, 2, 3, 4, 10, 11, 37, 39, 40, 41, 300, 1439)
        for x in (0.01, 0.5, 0.99, 1, 1.01, 1.5, 3, 30)
        if scipy.stats.chi2.sf(x * degrees, degrees) > 1e-290
    ],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
