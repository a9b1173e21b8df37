/** A target with so many gauges, in [0, 1] and new with every scrape. */
export function serveGauges(count: number): AsyncDisposable & { readonly target: string } {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    const values = Array.from({ length: count }, (_, i) => (Math.sin(Date.now() / 5_000 + i) + 1) / 2);
    return new Response(values.map((value, i) => `gauge{number="${i}"} ${value}\n`).join(""), {
      headers: { "content-type": "text/plain; version=0.0.4" },
    });
  });
  return { target: `127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}
