# Writes decomposition_r.json: stl of R's stats on co2, and mstl of the forecast package on taylor's first three weeks.
# Run: Rscript tests/analytics/goldens/decomposition.R   (needs the package forecast)
suppressMessages(library(forecast))

# Nested named lists, strings and numbers as JSON.
to_json <- function(value) {
  if (is.list(value)) {
    entries <- vapply(names(value), function(name) paste0('"', name, '":', to_json(value[[name]])), "")
    return(paste0("{", paste(entries, collapse = ","), "}"))
  }
  if (is.character(value)) return(paste0('"', value, '"'))
  text <- trimws(formatC(value, digits = 15, format = "g"))
  if (length(value) == 1) text else paste0("[", paste(text, collapse = ","), "]")
}

component <- function(values) {
  values <- as.numeric(values)
  stride <- max(1, length(values) %/% 24)
  list(
    stride = stride,
    values = signif(values[seq(1, length(values), by = stride)], 12),
    squares = sum(values^2)
  )
}

decompose <- function(series, ...) {
  fit <- stl(series, ...)
  list(
    trend = component(fit$time.series[, "trend"]),
    seasonal = component(fit$time.series[, "seasonal"]),
    weights = component(fit$weights)
  )
}

demand <- msts(as.numeric(taylor)[1:1008], seasonal.periods = c(48, 336))
several <- mstl(demand, s.window = c(11, 15), s.degree = 1, s.jump = 1, t.jump = 1, l.jump = 1)

golden <- list(
  source = paste(R.version.string, "forecast", packageVersion("forecast")),
  command = "Rscript tests/analytics/goldens/decomposition.R",
  co2 = as.numeric(co2),
  taylor = as.numeric(demand),
  stl = list(
    window = decompose(log(co2), s.window = 21),
    periodic = decompose(log(co2), s.window = "periodic"),
    robust = decompose(log(co2), s.window = 21, robust = TRUE, s.jump = 1, t.jump = 1, l.jump = 1)
  ),
  mstl = list(
    trend = component(several[, "Trend"]),
    seasonal = list(
      "48" = component(several[, "Seasonal48"]),
      "336" = component(several[, "Seasonal336"])
    )
  )
)
writeLines(to_json(golden), "tests/analytics/goldens/decomposition_r.json")
