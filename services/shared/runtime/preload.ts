/** Runs before a service is even loaded (`--preload`): a signal that comes meanwhile ends the process in order. */
import { catchStopSignals } from "./stop_signals.ts";

catchStopSignals();
