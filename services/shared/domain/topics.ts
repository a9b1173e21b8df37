/** Results of the etl, keyed by series id. */
export const RESULTS_TOPIC = "prometheusdata";

/** Has a partition for each shard of replicated work, and never a message: who is assigned one owns the shard. */
export const SHARDS_TOPIC = "pronoia.shards";

/** What data_storage could not decode, once each, with the reason and the origin in the headers. */
export const DEAD_LETTER_TOPIC = "prometheusdata.dead-letter";
