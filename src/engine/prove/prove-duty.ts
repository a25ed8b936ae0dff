import type { ChannelKind } from "../../policy/policy.ts";
import { alarmsDue, type Problem, problemsOf } from "../../proof/alarms.ts";
import { type Certificate, certificateOf } from "../../proof/certificate.ts";
import { horizonOf, provingReach, type ReachProof } from "../../proof/prove-reach.ts";
import { reachFindings } from "../../proof/reach-findings.ts";
import type { Verified } from "../../proof/situation.ts";
import { contactState } from "../../reachability/contact-state.ts";
import { provenWithin, REACH_SETTING, reachSettingsOf } from "../../reachability/reach-settings.ts";
import type { PersonId, Roster } from "../../roster/roster.ts";
import { HOUR_MS, type Instant, MINUTE_MS, type Millis } from "../../time/instant.ts";
import { knownProof } from "../contact-proofs.ts";
import type { Knowledge } from "../knowledge.ts";
import { type Duty, type DutyOutcome, driversOf, type Ports } from "../ports.ts";
import { breathing } from "./breathing.ts";
import { readProofHead, writeProof } from "./stored-proof.ts";
import { tellAlarms } from "./tell-alarms.ts";

/** A change is waited after for so long, so that a hand that edits on is not answered at each stroke; but not for ever. */
const SETTLE_MS: Millis = 10_000;
const SETTLE_MS_MAX: Millis = 2 * MINUTE_MS;
/** The local hour of the nightly proof: what changes with nobody's doing (contacts that grow stale, time) is seen by then. */
const NIGHTLY_HOUR = 4;

/** What this node knows of the last proof that it made. */
type Last = {
  readonly key: string;
  readonly at: Instant;
  readonly problems: readonly Problem[];
};

/**
 * Proves, each night and after each change of the roster or of the policy, that everybody is reached through the next
 * twelve months; keeps the certificate; and tells the administrators of a hole long before it is there. The work is done
 * in small pieces between which pages have their turn.
 */
export function proveDuty(ports: Ports, knowledge: Knowledge): Duty {
  const { store, clock, settings } = ports;
  let last: Last | undefined;
  let unsettled: { readonly key: string; readonly since: Instant; readonly first: Instant } | undefined;

  /** When what has changed is looked at; undefined: nothing has changed since the last proof. */
  const dueAt = (key: string, at: Instant): Instant | undefined => {
    if (last === undefined) return at;
    if (key === last.key) return at >= nightAfter(last.at, settings.zone) ? at : undefined;
    if (unsettled?.key !== key) unsettled = { key, since: at, first: unsettled?.first ?? at };
    return Math.min(unsettled.since + SETTLE_MS, unsettled.first + SETTLE_MS_MAX);
  };

  const prove = async (key: string): Promise<DutyOutcome["status"]> => {
    const policy = await knowledge.currentPolicy(store);
    const revision = await store.rosterRevision();
    const roster = await knowledge.roster(store);
    const from = clock.now();
    const drivers = driversOf(ports.channels);
    const { zone } = settings;
    const verified = await verifiedOf(ports, roster, from);
    const facts = { policy, roster, drivers, verified, from, until: horizonOf(from, zone), withDeaths: true };
    const { value: proof, longestMs } = await breathing(clock, provingReach(facts));
    const problems = problemsOf(reachFindings(withoutDeaths(proof), { policy, roster, drivers, zone }));
    const sealing = { revision, computedAt: from, contacts: "considered", sha256: ports.sha256 } as const;
    const certificate = certificateOf(proof, { policy, roster, drivers, zone, ...sealing });
    await keep(certificate);
    last = { key, at: from, problems };
    unsettled = undefined;
    return statusOf(certificate, problems, { at: from, tookMs: clock.now() - from, longestMs });
  };

  /** Another node that was faster with the same facts has kept the same. */
  const keep = async (certificate: Certificate): Promise<void> => {
    await store.transaction(async (queries) => {
      const head = await readProofHead(queries);
      if (head !== undefined && isOf(head, certificate) && clock.now() - head.at < HOUR_MS && last !== undefined)
        return;
      await writeProof(queries, certificate, clock.now());
    });
  };

  return {
    name: "prove",
    promise: {
      ko: "앞으로 12개월 동안 모든 등급의 호출이 닿는지 매일 밤, 또 명부나 정책이 바뀔 때 증명하고 공백을 미리 알립니다.",
      en: "Proves each night, and after each change, that pages of every grade reach people for twelve months, and tells of holes ahead.",
    },
    everyMs: settings.watchMs,
    async run(at) {
      if (!settings.proves) return { status: { proves: false } };
      const version = await store.currentPolicy();
      if (version === undefined) return { status: { waitsFor: "policy" } };
      const key = `${version.id}/${await store.rosterRevision()}`;
      const due = dueAt(key, at);
      let status: DutyOutcome["status"] = { proved: false };
      if (due !== undefined && due <= at) status = await prove(key);
      else if (due !== undefined) return { status: { ...status, settles: true }, next: due };
      const problems = last?.problems ?? [];
      const told = await tellDue(problems);
      return {
        status: { ...status, holes: problems.length, told },
        nudge: told > 0 ? ["deliver"] : [],
      };
    },
  };

  async function tellDue(problems: readonly Problem[]): Promise<number> {
    const at = clock.now();
    const known = (await readProofHead(store))?.told ?? [];
    if (alarmsDue(problems, known, { at, zone: settings.zone }).alarms.length === 0) return 0;
    return store.transaction((queries) => tellAlarms(queries, ports, knowledge, problems, at));
  }
}

function withoutDeaths(proof: ReachProof): ReachProof {
  return { ...proof, deaths: [] };
}

function isOf(head: { readonly policy: string; readonly revision: number | null }, certificate: Certificate): boolean {
  return head.policy === certificate.policy.id && head.revision === certificate.roster.revision;
}

function statusOf(
  { holds, counts }: Certificate,
  problems: readonly Problem[],
  times: { readonly at: Instant; readonly tookMs: Millis; readonly longestMs: Millis },
): DutyOutcome["status"] {
  return { proved: true, holds, holes: problems.length, evaluations: counts.evaluations, ...times };
}

/** The first nightly hour after an instant. */
function nightAfter(at: Instant, zone: string): Instant {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const night = local.startOfDay().add({ hours: NIGHTLY_HOUR });
  return (night.epochMilliseconds > at ? night : night.add({ days: 1 })).epochMilliseconds;
}

/** What a human has answered through lately. */
async function verifiedOf(ports: Ports, roster: Roster, at: Instant): Promise<Verified> {
  const stored = await ports.store.contactProofs();
  const within = provenWithin(reachSettingsOf(await ports.store.setting(REACH_SETTING)));
  const byPerson = Map.groupBy(stored, ({ person }) => person);
  const proven = new Set<string>();
  for (const [id, proofs] of byPerson) {
    const person = roster.people.get(id);
    if (person === undefined) continue;
    for (const { channel } of proofs) {
      const proof = knownProof(ports, proofs, person, channel, at);
      if (contactState(proof, { usable: "yes", at, within }) === "proven") proven.add(`${id}/${channel}`);
    }
  }
  return (person: PersonId, channel: ChannelKind) => proven.has(`${person}/${channel}`);
}
