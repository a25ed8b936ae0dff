/** How an incident is reached, best first; `src/proof/situation.ts` says what each means. */
export type ShownVerdict = "reached" | "unverified" | "fallen-through" | "late" | "nobody";

/** Sentences are in the language of the request, instants RFC 3339. */
export type ShownReachTrouble = {
  readonly verdict: ShownVerdict;
  /** The verdict in words. */
  readonly title: string;
  /** When, as it recurs. */
  readonly when: string;
  readonly count: number;
  readonly totalMs: number;
  /** The first instant of it, with who was asked for in vain and why; empty where nobody was. */
  readonly at: string;
  readonly example: string;
  /** Who is woken then. */
  readonly woken: readonly string[];
  /** Roster text that closes it; empty where none is known. */
  readonly mend: string;
};

export type ShownReachGrade = {
  readonly grade: string;
  readonly rank: number;
  /** How soon the first human and the second are woken. */
  readonly summary: string;
  readonly shares: readonly { readonly verdict: ShownVerdict; readonly text: string }[];
  readonly people: string;
  readonly troubles: readonly ShownReachTrouble[];
  /**
   * A letter for each local day from `from` on, its worst: `.` reached, `s` one silence would lose it, `u` unproven
   * contacts, `f` falls through, `l` late, `n` nobody.
   */
  readonly days: string;
};

/** Somebody or something without which a grade is reached worse. */
export type ShownReachDeath = {
  readonly is: "person" | "channel" | "provider";
  readonly who: string;
  readonly name: string;
  readonly grade: string;
  readonly verdict: ShownVerdict;
  readonly title: string;
  readonly count: number;
  readonly totalMs: number;
  /** The first of it. */
  readonly at: string;
  readonly woken: readonly string[];
  readonly mend: string;
};

export type ShownReachProof = {
  readonly holds: boolean;
  /** False where the policy or the roster was changed since: a new proof is on its way. */
  readonly current: boolean;
  readonly sha256: string;
  readonly computedAt: string;
  readonly from: string;
  readonly until: string;
  readonly zone: string;
  readonly policy: string;
  readonly revision: number | null;
  readonly grades: readonly ShownReachGrade[];
  /** Teams that the policy wants around the clock and that have gaps. */
  readonly teams: readonly {
    readonly team: string;
    readonly when: string;
    readonly count: number;
    readonly totalMs: number;
    readonly at: string;
    readonly mend: string;
  }[];
  readonly deaths: readonly ShownReachDeath[];
  readonly supposedDead: { readonly people: number; readonly channels: number; readonly providers: number };
  /** What was looked at and how, line by line. */
  readonly method: readonly string[];
};

/** `GET /api/v1/proof`: the last proof of reach; null until the first is made, some seconds after the start. */
export type LastProof = { readonly proof: ShownReachProof | null };
