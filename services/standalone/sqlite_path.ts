/** Where `start` keeps its data unless `SQLITE_PATH` says otherwise. */
export const SQLITE_PATH = "./data/pronoia.sqlite";

/** The demo's, in the same folder: its series must not show among those of a Prometheus that comes after it. */
export const DEMO_SQLITE_PATH = "./data/demo.sqlite";
