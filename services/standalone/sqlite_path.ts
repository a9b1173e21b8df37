/** Where `start` keeps its data unless `SQLITE_PATH` says otherwise. */
export const SQLITE_PATH = "./data/pronoia.sqlite";
