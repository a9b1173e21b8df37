# Writes statistics_r.json: what R, tseries and urca say about the series of statistics.json.
#
# Rscript tests/analytics/goldens/statistics.R   (R 4.2, with tseries; run statistics.py first)

folder <- "tests/analytics/goldens"
text <- readLines(file.path(folder, "statistics.json"), warn = FALSE)
numbers <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ","), "]")

series <- function(name) {
  pattern <- paste0('.*"name":"', name, '","values":\\[([^]]*)\\].*')
  as.numeric(strsplit(sub(pattern, "\\1", paste(text, collapse = "")), ",")[[1]])
}

row <- function(name) {
  x <- series(name)
  box <- Box.test(x, lag = 12, type = "Ljung-Box", fitdf = 1)
  level <- suppressWarnings(tseries::kpss.test(x, null = "Level", lshort = TRUE))
  trend <- suppressWarnings(tseries::kpss.test(x, null = "Trend", lshort = TRUE))
  paste0(
    '{"name":"', name, '"',
    ',"acf":', numbers(acf(x, lag.max = 25, plot = FALSE)$acf),
    ',"pacf":', numbers(pacf(x, lag.max = 25, plot = FALSE)$acf),
    ',"ljungBox":', numbers(c(box$statistic, box$p.value)),
    ',"summary":', numbers(c(mean(x), sd(x), quantile(x, c(0, .5, .9, .95, .99, 1)))),
    ',"kpss":{"lags":', level$parameter, ',"level":', numbers(level$statistic), ',"trend":',
    numbers(trend$statistic), "}}"
  )
}

names <- c("seasonal", "walk", "noise", "realgdp", "infl", "sunspots", "nile")
writeLines(
  paste0(
    '{"source":"R stats and tseries","version":"', R.version.string, ", tseries ",
    packageVersion("tseries"), '","command":"Rscript tests/analytics/goldens/statistics.R","series":[',
    paste(vapply(names, row, ""), collapse = ","), "]}"
  ),
  file.path(folder, "statistics_r.json")
)
