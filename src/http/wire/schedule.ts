/** A stretch of time: half-open, RFC 3339 in UTC. */
export type ShownInterval = { readonly start: string; readonly end: string };

export type ShownShift = ShownInterval & {
  readonly rotation: string;
  readonly people: readonly string[];
  readonly because: "turn" | "override" | "leave";
  /** Those whose turn it is and who have it not. */
  readonly insteadOf: readonly string[];
  /** The whole turn that this is part of; null where an override put somebody on duty outside every turn. */
  readonly turn: ShownInterval | null;
  readonly overrides: readonly string[];
  readonly shadow: boolean;
};

/** A rotation as it is by itself: its turns, cut to its hours, before overrides, leave and other rotations. */
export type ShownLayer = {
  readonly rotation: string;
  readonly turns: readonly (ShownInterval & { readonly people: readonly string[] })[];
};

export type ShownTeamSchedule = {
  readonly name: string;
  /** False: all its members are always on duty, and `shifts` is empty. */
  readonly takesTurns: boolean;
  /** True where the policy wants it around the clock. */
  readonly aroundTheClock: boolean;
  readonly members: readonly string[];
  readonly rotations: readonly string[];
  readonly shifts: readonly ShownShift[];
  /** In which nobody is on duty, clipped to what was asked for; those that are over are no news and not in it. */
  readonly gaps: readonly ShownInterval[];
  /** Only where they were asked for. */
  readonly layers?: readonly ShownLayer[];
};

/** `GET /api/v1/schedule?from=…&to=…[&team=…][&layers=yes]`: at most 100 days. What was changed since is shown as it was then. */
export type ShownSchedule = ShownInterval & {
  readonly now: string;
  readonly revision: number;
  /** IANA: in which a day of this calendar begins, where the viewer did not choose another. */
  readonly zone: string;
  readonly teams: readonly ShownTeamSchedule[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly mine: boolean }[];
  /** What they are called: a rotation keeps its id when it is renamed. */
  readonly rotations: readonly { readonly id: string; readonly name: string }[];
  readonly holidays: readonly ShownHoliday[];
  readonly leaves: readonly ShownLeave[];
  readonly overrides: readonly ShownOverride[];
  /** Those that wait for an answer and concern this stretch or the one who asks. */
  readonly requests: readonly ShownShiftRequest[];
};

/**
 * `date` is local. `public`: it came with Bongsu. `off` false: the company works on that public holiday. `managedBy` as of
 * a leave; null too for a public holiday on which the company has said nothing.
 */
export type ShownHoliday = {
  readonly date: string;
  readonly name: string;
  readonly public: boolean;
  readonly off: boolean;
  readonly managedBy: string | null;
};

export type ShownLeave = ShownInterval & {
  readonly id: string;
  readonly person: string;
  /** Null also where it is not for the caller: what somebody is away for is theirs and their manager's. */
  readonly note: string | null;
  /** The file, or the imported calendar, that it comes from; null where it can be changed here. */
  readonly managedBy: string | null;
};

export type ShownOverride = ShownInterval & {
  readonly id: string;
  readonly rotation: string;
  readonly person: string;
  readonly instead: string | null;
  readonly note: string | null;
  readonly managedBy: string | null;
};

/** What a change does to who is on duty; `after` empty is a gap. */
export type ShownDutyChange = ShownInterval & {
  readonly team: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};
export type OverrideMade = { readonly override: ShownOverride; readonly changes: readonly ShownDutyChange[] };
export type LeaveMade = { readonly leave: ShownLeave; readonly changes: readonly ShownDutyChange[] };
/** Of an override or a leave that had begun what has been stays. */
export type ExceptionEnded = { readonly ended: string; readonly changes: readonly ShownDutyChange[] };

/**
 * `POST /api/v1/schedule/overrides`; `DELETE /api/v1/schedule/overrides/:id` with `{confirm?}`. `start` and `end` are
 * brought to whole minutes, and `start` to now where it has passed: what comes back is what was made. Faults
 * `schedule-refused` with `because` and `why`, and those of a change of the roster: a gap that arises asks for `confirm`.
 */
export type OverridePut = ShownInterval & {
  readonly rotation: string;
  readonly person: string;
  readonly instead?: string;
  readonly note?: string;
  readonly confirm?: boolean;
};

/** `POST /api/v1/schedule/leaves`; `DELETE …/leaves/:id` with `{confirm?}`. One's own, or anybody's with `roster.edit`. */
export type LeavePut = ShownInterval & { readonly person: string; readonly note?: string; readonly confirm?: boolean };

/** `PUT /api/v1/schedule/holidays/:date`; `DELETE` with `{confirm?}` takes the company's word on that day back. */
export type HolidayPut = { readonly name: string; readonly off: boolean; readonly confirm?: boolean };

/**
 * "대신 부탁" (cover) or an exchange (swap): `part` goes from `from` to who accepts, `give` the other way. The messages link to
 * `/schedule?request=<id>`.
 */
export type ShownShiftRequest = {
  readonly id: string;
  readonly kind: "cover" | "swap";
  readonly state: "asked" | "accepted" | "declined" | "withdrawn" | "expired";
  readonly from: string;
  /** Null: anybody of the team may take it (cover only). */
  readonly to: string | null;
  readonly rotation: string;
  readonly part: ShownInterval;
  readonly give: (ShownInterval & { readonly rotation: string }) | null;
  readonly note: string | null;
  readonly askedAt: string;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  /** What the caller may do about it now. */
  readonly mayAnswer: readonly ShiftAnswer["answer"][];
};

/** `POST /api/v1/schedule/requests`. The one asked is told by their quiet channels, and so is the answer. */
export type ShiftRequestPut = {
  readonly kind: "cover" | "swap";
  readonly rotation: string;
  readonly part: ShownInterval;
  readonly to?: string;
  readonly give?: ShownInterval & { readonly rotation: string };
  readonly note?: string;
  /** The one asked has a shift or leave at that time, and it is meant all the same. */
  readonly confirm?: boolean;
};
/** `told`: to whom a message went; who has no quiet channel is not among them. */
export type RequestMade = { readonly request: ShownShiftRequest; readonly told: readonly string[] };
/** `POST /api/v1/schedule/requests/:id/answer`. Accepting makes the overrides, atomically, or says why not. */
export type ShiftAnswer = { readonly answer: "accept" | "decline" | "withdraw"; readonly confirm?: boolean };
export type ShiftAnswered = { readonly request: ShownShiftRequest; readonly changes: readonly ShownDutyChange[] };
/** `GET /api/v1/schedule/requests`: the caller's, asked or to be answered, of the last 90 days; the newest first. */
export type ShownShiftRequests = { readonly requests: readonly ShownShiftRequest[] };

/**
 * `POST /api/v1/schedule/preview`: what would be, before it is saved. The facts take the place of those of the same kind
 * and id; `remove` names facts that go. Writes nothing.
 */
export type SchedulePreviewRequest = ShownInterval & {
  readonly put: readonly {
    readonly kind: string;
    readonly id: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
  readonly remove: readonly { readonly kind: string; readonly id: string }[];
  /** False: the schedule alone, at once. What `bongsu check` finds over twelve months takes longer in a large organisation. */
  readonly findings?: boolean;
};
export type SchedulePreview = {
  readonly before: readonly ShownTeamSchedule[];
  readonly after: readonly ShownTeamSchedule[];
  /** What `bongsu check` would find anew, and what it would no longer find. */
  readonly found: readonly ShownScheduleFinding[];
  readonly mended: readonly ShownScheduleFinding[];
};
export type ShownScheduleFinding = {
  readonly level: "error" | "warning" | "info";
  readonly code: string;
  readonly message: string;
  readonly why: string;
  readonly mend: string;
};

/**
 * `GET /api/v1/calendar/feeds`: one's own, or all with `roster.edit`. `POST` makes one (201; its address is shown once), of
 * oneself, of a team or of a rotation; of others with `roster.edit`. `DELETE /api/v1/calendar/feeds/:id` ends it at once.
 */
export type ShownFeeds = { readonly feeds: readonly ShownFeed[] };
export type ShownFeed = {
  readonly id: string;
  readonly of: "person" | "team" | "rotation";
  /** The id of the person or rotation, the name of the team. */
  readonly name: string;
  /** Who made it: the login, or the name of the token. */
  readonly by: string;
  readonly createdAt: string;
  readonly lastReadAt: string | null;
  /** Only in the answer that made it. */
  readonly url?: string;
};
export type FeedPut = { readonly of: "person" | "team" | "rotation"; readonly name: string };

/**
 * `GET /api/v1/calendar/imports`: those of one's own leave, or all with `roster.edit`. `POST` reads one (201) from an address
 * (`url`, read again every hour) or as given (`text`), `DELETE /api/v1/calendar/imports/:id` with `{confirm?}` takes it away
 * with what came from it. Fault `calendar-unreadable` with `because` and `why`; a gap that arises asks for `confirm`.
 */
export type ShownImports = { readonly imports: readonly ShownImport[] };
export type ShownImport = {
  readonly id: string;
  readonly name: string;
  readonly of: "leave" | "holidays";
  readonly person: string | null;
  /** Of its address; null where its text was given. */
  readonly host: string | null;
  readonly match: string | null;
  readonly by: string;
  readonly createdAt: string;
  readonly readAt: string | null;
  readonly nextAt: string | null;
  /** That became leave or holidays. */
  readonly entries: number;
  /** Since when and why it cannot be read; what was read last stays. */
  readonly failure: { readonly because: string; readonly why: string; readonly since: string } | null;
};
export type ImportPut = {
  readonly name: string;
  readonly of: "leave" | "holidays";
  readonly person?: string;
  readonly url?: string;
  readonly text?: string;
  /** Only entries with this in their title: `휴가`. */
  readonly match?: string;
  readonly confirm?: boolean;
};
export type ImportMade = { readonly calendar: ShownImport; readonly changes: readonly ShownDutyChange[] };
