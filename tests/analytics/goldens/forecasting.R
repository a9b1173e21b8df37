# Writes forecasting_r.json: naive, seasonal naive, drift and theta forecasts of the forecast package on Nile and
# AirPassengers, with 95 % intervals.
# Run: Rscript tests/analytics/goldens/forecasting.R   (needs the package forecast)
suppressMessages(library(forecast))

numbers <- function(values) {
  paste0("[", paste(trimws(formatC(as.numeric(values), digits = 15, format = "g")), collapse = ","), "]")
}

entry <- function(name, fit) {
  paste0(
    '"', name, '":{"mean":', numbers(fit$mean), ',"lower":', numbers(fit$lower), ',"upper":', numbers(fit$upper), "}"
  )
}

fields <- c(
  paste0('"source":"', R.version.string, " forecast ", packageVersion("forecast"), '"'),
  '"command":"Rscript tests/analytics/goldens/forecasting.R"',
  paste0('"nile":', numbers(Nile)),
  paste0('"airPassengers":', numbers(AirPassengers)),
  entry("naive", naive(Nile, h = 12, level = 95)),
  entry("drift", rwf(Nile, drift = TRUE, h = 12, level = 95)),
  entry("theta", thetaf(Nile, h = 12, level = 95)),
  entry("seasonalNaive", snaive(AirPassengers, h = 30, level = 95))
)
writeLines(paste0("{", paste(fields, collapse = ",\n"), "}"), "tests/analytics/goldens/forecasting_r.json")
