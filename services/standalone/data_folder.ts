/** Prints the folder of `SQLITE_PATH`: the task `start` gives the process that folder to write to, and no other. */
import { dirname } from "node:path";
import { SQLITE_PATH } from "./sqlite_path.ts";

console.log(dirname(Deno.env.get("SQLITE_PATH") || SQLITE_PATH));
