import type { FaultCode } from "./codes.ts";

/**
 * An operating failure: something outside the code went wrong and somebody must know what to do. An expected "no" is
 * not a Fault but a value with a reason; a broken invariant is not a Fault but an assertion.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  /** What the failure was about: names, counts, addresses. Never a secret. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: FaultCode, facts: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(`${code}: ${JSON.stringify(facts)}`, cause === undefined ? undefined : { cause });
    this.name = "Fault";
    this.code = code;
    this.facts = facts;
  }
}

/** Stops the program's present step: an invariant does not hold. */
export function assert(holds: boolean, invariant: string): asserts holds {
  if (!holds) throw new Error(`broken invariant: ${invariant}`);
}

/** The end of a switch over a union that must be complete. */
export function unreachable(never: never): never {
  throw new Error(`unreachable: ${JSON.stringify(never)}`);
}
