/** Whether an error is a refusal in the one wording. */
export function isRefusal(error: unknown): boolean {
  return (error instanceof RangeError || error instanceof TypeError) &&
    /^Cannot [a-z A-Z]+ as .+/.test(error.message);
}
