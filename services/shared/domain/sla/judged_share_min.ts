/** Below this share of a window judged, its burn rate says too little to be shown or carried on. */
export const JUDGED_SHARE_MIN = 0.5;
