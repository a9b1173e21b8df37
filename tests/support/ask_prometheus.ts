/** The value of each series that Prometheus itself makes of an expression, now or at a time. */
export async function askPrometheus(url: string, query: string, timeMs?: number): Promise<number[]> {
  const body = new URLSearchParams({
    query,
    ...timeMs === undefined ? {} : { time: String(timeMs / 1_000) },
  });
  const { data } = await (await fetch(`${url}/api/v1/query`, { method: "POST", body })).json();
  return data.result.map(({ value }: { value: [number, string] }) => Number(value[1]));
}
