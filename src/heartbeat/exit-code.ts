/** What a shell means by an exit code beyond the program's own words. */
export type ExitMeaning =
  | "timed-out"
  | "not-executable"
  | "not-found"
  | "interrupted"
  | "aborted"
  | "killed"
  | "crashed"
  | "terminated";

/** coreutils `timeout` and POSIX shells: 126 and 127 of what could not be run, 128 and a signal's number of what it ended. */
const MEANINGS: Readonly<Record<number, ExitMeaning>> = {
  124: "timed-out",
  126: "not-executable",
  127: "not-found",
  130: "interrupted",
  134: "aborted",
  137: "killed",
  139: "crashed",
  143: "terminated",
};

export function exitMeaning(code: number): ExitMeaning | undefined {
  return MEANINGS[code];
}
