# Writes published_smoothing_r.json: HoltWinters() as R's own examples print it, with the state it starts from, and the
# series of forecast's tests.
#
# Rscript published_smoothing.R > published_smoothing_r.json
suppressMessages(library(forecast))

numbers <- function(x) paste0("[", paste(sprintf("%.15g", as.numeric(x)), collapse = ","), "]")
describe <- function(fit) {
  m <- frequency(fit$x)
  # Fits begin with the second cycle; the first rows of the fit hold what the state was guessed to be before it.
  start <- c(fit$fitted[1, "level"], fit$fitted[1, "trend"], fit$fitted[seq_len(m), "season"])
  sprintf('{"weights":%s,"start":%s,"end":%s}', numbers(c(fit$alpha, fit$beta, fit$gamma)), numbers(start),
    numbers(fit$coefficients))
}

wine <- ets(wineind, model = "MAM", alpha = 0.1611)
cat(sprintf(
  '{\n"source": "R %s, forecast %s: Rscript published_smoothing.R",\n"co2": %s,\n"airPassengers": %s,\n"wineind": {"values":%s,"logLikelihood":%.10f}\n}\n',
  getRversion(), packageVersion("forecast"), describe(HoltWinters(co2)),
  describe(HoltWinters(AirPassengers, seasonal = "mult")), numbers(wineind), wine$loglik
))
