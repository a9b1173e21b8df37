# Writes exponential_smoothing_r.json: R's ets() and HoltWinters() on classic series.
#
# Rscript exponential_smoothing.R > exponential_smoothing_r.json
suppressMessages(library(forecast))

numbers <- function(x) paste0("[", paste(sprintf("%.15g", as.numeric(x)), collapse = ","), "]")
record <- function(...) {
  fields <- list(...)
  paste0("{", paste(sprintf('"%s":%s', names(fields), unlist(fields)), collapse = ","), "}")
}
text <- function(x) paste0('"', x, '"')

# The quarterly tourists of fpp2 (1999-2015), and the yearly series of fpp that the book's chapter 7 works through.
tourists <- ts(c(
  30.052513, 19.148496, 25.317692, 27.591437, 32.076456, 23.487961, 28.47594, 35.123753, 36.838485, 25.007017,
  30.72223, 28.693759, 36.640986, 23.824609, 29.311683, 31.770309, 35.177877, 19.775244, 29.60175, 34.538842,
  41.273599, 26.655862, 28.279859, 35.191153, 42.20566386, 24.64917133, 32.66733514, 37.25735401, 45.24246027,
  29.35048127, 36.34420728, 41.78208136, 49.27659843, 31.27540139, 37.85062549, 38.83704413, 51.23690034,
  31.83855162, 41.32342126, 42.79900337, 55.70835836, 33.40714492, 42.31663797, 45.15712257, 59.57607996,
  34.83733016, 44.84168072, 46.9712496, 60.01903094, 38.37117851, 46.97586413, 50.73379646, 61.64687319,
  39.29956937, 52.67120908, 54.33231689, 66.83435838, 40.87118847, 51.82853579, 57.49190993, 65.25146985,
  43.06120822, 54.76075713, 59.83447494, 73.25702747, 47.69662373, 61.09776802, 66.05576122
), frequency = 4)
oil <- ts(c(
  446.6565229, 454.4733065, 455.662974, 423.6322388, 456.2713279, 440.5880501, 425.3325201, 485.1494479,
  506.0481621, 526.7919833, 514.268889, 494.2110193
))
passengers <- ts(c(
  17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.577569, 33.477398,
  39.021581, 41.386432, 41.596552
))
livestock <- ts(c(
  263.917747, 268.307222, 260.662556, 266.639419, 277.515778, 283.834045, 290.309028, 292.474198, 300.830694,
  309.286657, 318.331081, 329.37239, 338.883998, 339.244126, 328.600632, 314.255385, 314.459695, 321.413779,
  329.789292, 346.385165, 352.297882, 348.370515, 417.562922, 417.12357, 417.749459, 412.233904, 411.946817,
  394.697075, 401.49927, 408.270468, 414.2428
))
series <- list(
  airPassengers = AirPassengers, accidentalDeaths = USAccDeaths, tourists = tourists, nile = Nile, oil = oil,
  airTransport = passengers, livestock = livestock, co2 = co2
)

# R's log-likelihood lacks this constant.
constant <- function(n) -n / 2 * (log(2 * pi / n) + 1)

describe <- function(y, model, damped, details) {
  fit <- ets(y, model = model, damped = damped, restrict = FALSE)
  m <- frequency(y)
  seasonal <- substr(model, 3, 3) != "N"
  trended <- substr(model, 2, 2) != "N"
  # R keeps the season latest first; the next one used is its last.
  split <- function(state) list(
    level = state[1], trend = if (trended) state[2] else 0,
    seasonal = if (seasonal) rev(tail(state, m)) else numeric(0)
  )
  par <- function(name, default) if (name %in% names(fit$par)) fit$par[[name]] else default
  head <- list(
    model = text(model), damped = tolower(damped), logLikelihood = sprintf("%.12g", fit$loglik + constant(length(y))),
    variance = sprintf("%.15g", fit$sigma2), aicc = sprintf("%.12g", fit$aicc - 2 * constant(length(y)))
  )
  if (!details) return(do.call(record, head))
  state <- function(s) record(level = sprintf("%.15g", s$level), trend = sprintf("%.15g", s$trend),
    seasonal = numbers(s$seasonal))
  f <- forecast(fit, h = 2 * m + 3, level = 95, simulate = FALSE)
  do.call(record, c(head, list(
    weights = numbers(c(par("alpha", 0), par("beta", 0), par("gamma", 0), par("phi", 1))),
    initial = state(split(as.numeric(fit$states[1, ]))),
    final = state(split(as.numeric(fit$states[nrow(fit$states), ]))),
    mean = numbers(f$mean), lower = numbers(f$lower), upper = numbers(f$upper)
  )))
}

fits <- list()
for (name in names(series)) {
  y <- series[[name]]
  seasons <- if (frequency(y) > 1) c("N", "A", "M") else "N"
  for (error in c("A", "M")) for (season in seasons) for (trend in c("N", "A", "Ad", "M", "Md")) {
    # R has no closed-form intervals for multiplicative trends, and no sense for them on short series.
    if (substr(trend, 1, 1) == "M" && !(name %in% c("tourists", "accidentalDeaths"))) next
    model <- paste0(error, substr(trend, 1, 1), season)
    closed <- substr(trend, 1, 1) != "M" && (error == "M" || season != "M")
    fit <- tryCatch(describe(y, model, nchar(trend) == 2, closed && name == "tourists"), error = function(e) NULL)
    if (!is.null(fit)) fits <- c(fits, sub("{", paste0('{"series":', text(name), ","), fit, fixed = TRUE))
  }
}

winters <- function(fit, name, seasonal) record(
  series = text(name), seasonal = text(seasonal), sse = sprintf("%.12g", fit$SSE),
  weights = numbers(c(fit$alpha, fit$beta, fit$gamma))
)

cat(paste0("{\n", paste(c(
  paste0('"source": "R ', getRversion(), ", forecast ", packageVersion("forecast"),
    ': Rscript exponential_smoothing.R"'),
  paste0('"series": {\n', paste(sprintf('"%s":{"period":%d,"values":%s}', names(series),
    sapply(series, frequency), sapply(series, numbers)), collapse = ",\n"), "\n}"),
  paste0('"fits": [\n', paste(unlist(fits), collapse = ",\n"), "\n]"),
  paste0('"holtWinters": [\n', paste(c(
    winters(HoltWinters(co2), "co2", "additive"),
    winters(HoltWinters(AirPassengers, seasonal = "mult"), "airPassengers", "multiplicative")
  ), collapse = ",\n"), "\n]")
), collapse = ",\n"), "\n}\n"))
