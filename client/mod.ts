/**
 * A typed client of Pronoia's REST API.
 *
 * Paths, parameters and answers are those of the services' own OpenAPI document, so that a wrong one does not compile.
 *
 * @module
 */
export { answerOf } from "./answer_of.ts";
export { ApiError, type ApiErrorOptions } from "./api_error.ts";
export { type ClientOptions, createPronoiaClient, type PronoiaClient } from "./create_pronoia_client.ts";
export { type Page, readAll } from "./read_all.ts";
export type { components, operations, paths } from "./schema.ts";
export type { Schemas } from "./schemas.ts";
