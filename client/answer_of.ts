/**
 * The body of an answer, from what a method of the client resolves to. Refusals have rejected before.
 *
 * @example A forecast
 * ```ts ignore
 * const forecast = await answerOf(client.GET("/retrieval/series/{id}/forecast", { params: { path: { id } } }));
 * ```
 */
export async function answerOf<Body>(
  answering: Promise<{ readonly data?: Body }>,
): Promise<Exclude<Body, undefined>> {
  const { data } = await answering;
  // The client rejects what is not a success, so there is a body wherever the document says so.
  return data as Exclude<Body, undefined>;
}
