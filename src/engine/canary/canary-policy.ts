import { asId } from "../../id/id.ts";
import type { ClauseId, Policy } from "../../policy/policy.ts";
import type { Roster } from "../../roster/roster.ts";
import { MINUTE_MS } from "../../time/instant.ts";

/**
 * The canary's own little policy and roster: one grade, one team, one person who listens on the loop-back channel. So a
 * canary goes the way of every incident and no rule of the engine knows about it.
 */
export const CANARY_SOURCE = "canary";
export const CANARY_SERVICE = "bongsu-canary";
const GRADE = "Canary";
const TEAM = "Canary";
const PERSON = asId<"person">("canary");
const CLAUSE: ClauseId = asId("canary/loop-back");

export const CANARY_POLICY: Policy = {
  id: asId("canary"),
  title: "canary",
  locale: "en",
  grades: [
    {
      name: GRADE,
      rank: 0,
      criteria: [],
      deadline: { kind: "immediate" },
      aroundTheClock: true,
      owner: TEAM,
      clause: CLAUSE,
      deadlineClause: CLAUSE,
      ownerClause: CLAUSE,
    },
  ],
  teams: [{ name: TEAM, place: 0, duties: [], staffing: [], aroundTheClock: true, clause: CLAUSE }],
  notifications: [{ grade: GRADE, channels: [{ kind: "loopback", clause: CLAUSE }], recipients: [], clause: CLAUSE }],
  monitoring: [],
  procedures: [],
  report: [],
  improvement: [],
  glossary: [],
  thresholds: [],
  services: [],
  legalClocks: [],
  timing: new Map([
    [
      GRADE,
      {
        respondWithin: 10 * MINUTE_MS,
        repeatEvery: null,
        reminders: [],
        levelEvery: 10 * MINUTE_MS,
        stalled: null,
        watchHarder: 0,
      },
    ],
  ]),
  reopenWithin: 0,
  stormAfter: 1,
  defaults: [],
  clauses: new Map([
    [CLAUSE, { id: CLAUSE, block: "notifications", path: [GRADE], text: "loop-back", line: 1, column: 1 }],
  ]),
};

export const CANARY_ROSTER: Roster = {
  people: new Map([
    [
      PERSON,
      {
        id: PERSON,
        name: "canary",
        titles: [],
        locale: "en",
        contacts: [{ channel: "loopback", address: "loopback" }],
        admin: false,
      },
    ],
  ]),
  groups: [],
  teams: [{ name: TEAM, members: [{ person: PERSON, role: "canary" }], rotations: [] }],
  rotations: new Map(),
  overrides: [],
  leaves: [],
  holidays: [],
  services: [],
  channels: [{ kind: "loopback", settings: {} }],
  monitors: [],
  targets: [],
  heartbeats: [],
};
