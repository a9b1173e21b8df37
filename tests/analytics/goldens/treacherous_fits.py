"""Writes treacherous_fits.json: short series on which a descent from one place stops in the wrong optimum.

Of 300 random series with random models these are the ones on which this library once fell short of statsmodels.

    pip install statsmodels==0.15.0 && python treacherous_fits.py
"""

import json
import warnings

import numpy as np
import statsmodels
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

warnings.simplefilter("ignore")
WORDS = {"N": None, "A": "add", "M": "mul"}
NAMES = {"N": "none", "A": "additive", "M": "multiplicative"}
# Number of the series, and the model: error, trend, damped, season.
CASES = [
    (52, "A", "A", True, "A"),
    (104, "M", "M", False, "M"),
    (110, "A", "M", False, "N"),
    (131, "M", "N", False, "N"),
    (147, "A", "A", False, "A"),
    (164, "M", "A", False, "A"),
    (177, "M", "A", True, "N"),
    (213, "M", "M", True, "N"),
    (236, "A", "A", False, "M"),
    (260, "A", "A", False, "M"),
    (284, "A", "N", False, "A"),
    (295, "A", "A", False, "A"),
]


def series():
    """Walks, seasons, slopes, growth, counts, heavy tails, steps and more, of 2 to 24 steps a season."""
    rng = np.random.default_rng(20261123)
    for i in range(300):
        m = int(rng.choice([2, 3, 4, 5, 7, 12, 24]))
        n = int(rng.integers(max(3 * m, m + 15), 3 * m + 120))
        t = np.arange(n)
        s = 10 * np.sin(2 * np.pi * t / m) + rng.normal(0, 3, m)[t % m]
        e = rng.normal(0, 1, n)
        kind = i % 12
        if kind == 0: y = 100 + np.cumsum(e)
        elif kind == 1: y = 100 + s + e
        elif kind == 2: y = 100 + 0.5 * t + s + 3 * e
        elif kind == 3: y = np.exp(4 + 0.02 * t + 0.01 * s + 0.05 * e)
        elif kind == 4: y = rng.poisson(5, n) + 1.0
        elif kind == 5: y = 200 + s + 5 * rng.standard_t(2, n)
        elif kind == 6: y = 100 + s + 20 * (t > n // 2) + e
        elif kind == 7: y = 300 + np.cumsum(np.cumsum(0.1 * e))
        elif kind == 8: y = (100 + s + e) * (1 + 0.3 * np.sin(t / 17))
        elif kind == 9: y = 1.7e9 + 30 * t + s + e
        elif kind == 10: y = np.abs(rng.normal(0, 1, n)) * 1e-9 + 1e-10
        else: y = 50 + np.where(rng.random(n) < 0.05, 100.0, 0) + e
        if y.min() <= 0: y = y - y.min() + 1
        # The models each series was first tried with took these draws.
        rng.choice(15, 3, replace=False)
        for _ in range(3): rng.choice(["A", "M"])
        yield m, np.round(y, 4)


def fit(m, y, error, trend, damped, seasonal):
    shape = dict(trend=WORDS[trend], damped_trend=damped, seasonal=WORDS[seasonal])
    shape["seasonal_periods"] = None if seasonal == "N" else m
    sse = ExponentialSmoothing(y, initialization_method="estimated", **shape).fit().sse
    likelihood = ETSModel(y, error=WORDS[error], **shape).fit(disp=False, maxiter=2000).llf
    return {
        "error": NAMES[error], "trend": NAMES[trend], "damped": damped, "seasonal": NAMES[seasonal],
        "period": 1 if seasonal == "N" else m, "sse": float(sse), "logLikelihood": float(likelihood),
        "values": y.tolist(),
    }


everything = list(series())
cases = [fit(*everything[i], *model) for i, *model in CASES]
with open("treacherous_fits.json", "w") as file:
    json.dump({"source": f"statsmodels {statsmodels.__version__}", "command": "python treacherous_fits.py", "cases": cases}, file)
    file.write("\n")
