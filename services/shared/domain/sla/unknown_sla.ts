import { DomainError } from "../errors.ts";

/** What a request for an SLA that is not there, or no longer, is answered with. */
export function unknownSla(id: string): DomainError {
  return new DomainError(
    "not-found",
    `There is no SLA ${JSON.stringify(id)}: the list of SLAs has those there are`,
  );
}
