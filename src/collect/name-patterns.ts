/** Names as settings list them: exact, or with `*` for anything. */
export type NamePatterns = {
  /** Whether one of them fits. */
  fits(name: string): boolean;
  /** Those without `*`: what is named so is expected to be there. */
  readonly exact: readonly string[];
  readonly isEmpty: boolean;
};

export function namePatterns(patterns: readonly string[]): NamePatterns {
  const exact = patterns.filter((pattern) => !pattern.includes("*"));
  const wild = patterns.filter((pattern) => pattern.includes("*")).map(regExpOf);
  return {
    exact,
    isEmpty: patterns.length === 0,
    fits: (name) => exact.includes(name) || wild.some((pattern) => pattern.test(name)),
  };
}

function regExpOf(pattern: string): RegExp {
  const parts = pattern.split(/\*+/u).map((part) => part.replace(/[\\^$.|?+()[\]{}]/gu, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "su");
}
