/** Results of the etl, keyed by series id. */
export const RESULTS_TOPIC = "prometheusdata";

/** What data_storage could not decode, once each, with the reason and the origin in the headers. */
export const DEAD_LETTER_TOPIC = "prometheusdata.dead-letter";
