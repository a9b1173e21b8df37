"""Writes published_smoothing.json: R's ets() on fpp2's austourists and oil, as statsmodels keeps it for its tests.

python published_smoothing.py, with statsmodels installed.
"""
import json
from pathlib import Path

import statsmodels
from statsmodels.tsa import tests

folder = Path(tests.__file__).parent / "results"
fits = []
for series, name in [("tourists", "seasonal"), ("oil", "nonseasonal")]:
    for damped, models in json.loads((folder / f"fit_ets_results_{name}.json").read_text()).items():
        for model, fit in models.items():
            # Multiplicative trends are left out, and models R refused are empty.
            if not fit or model[1] == "M":
                continue
            weight = {name: 0 if fit[name] == ["NaN"] else fit[name][0] for name in ["alpha", "beta", "gamma"]}
            fits.append({
                "series": series, "model": model, "damped": damped == "TRUE",
                "weights": [*weight.values(), fit["phi"][0] if damped == "TRUE" else 1],
                # Level, trend, and the season latest first.
                "initial": fit["states"][0] if isinstance(fit["states"][0], list) else [fit["states"][0]],
                "final": fit["states"][-1] if isinstance(fit["states"][-1], list) else [fit["states"][-1]],
                "variance": fit["sigma2"][0], "logLikelihood": fit["loglik"][0], "forecast": fit["forecast"],
            })
simple = json.loads((folder / "fit_ets_results_nonseasonal.json").read_text())["FALSE"]["ANN"]
oil = [round(value + error, 7) for value, error in zip(simple["fitted"], simple["residuals"])]
out = {
    "source": f"statsmodels {statsmodels.__version__}, tsa/tests/results/fit_ets_results_*.json: "
    "python published_smoothing.py",
    "oil": oil,
}
lines = [f'"{name}": {json.dumps(value)}' for name, value in out.items()]
lines.append('"fits": [\n' + ",\n".join(json.dumps(fit) for fit in fits) + "\n]")
(Path(__file__).parent / "published_smoothing.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
