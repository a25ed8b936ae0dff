/**
 * Per second, of a counter read twice; undefined where that cannot be told: read once only, no time between, or it began
 * anew (then nobody knows how far it had come).
 */
export function counterRate(
  now: number | undefined,
  before: number | undefined,
  seconds: number | undefined,
): number | undefined {
  if (now === undefined || before === undefined || seconds === undefined || seconds <= 0 || now < before) {
    return undefined;
  }
  return (now - before) / seconds;
}
