/** What the live stream says: which incidents changed, and which topics of settings (`roster`, `silence`, …). */
export type LiveChange = {
  /** The server's clock, RFC 3339. */
  readonly now: string;
  readonly incidents: readonly number[];
  readonly topics: readonly string[];
  /** With `hello`: whether everything since Last-Event-ID follows; false means read everything anew. */
  readonly resumed?: boolean;
};
