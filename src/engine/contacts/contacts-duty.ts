import { channelsOf } from "../../escalation/means.ts";
import { randomText } from "../../id/chance.ts";
import { reachSaid as said } from "../../locale/reach.ts";
import type { ContactProof } from "../../reachability/contact-proof.ts";
import { REACH_SETTING, reachSettingsOf } from "../../reachability/reach-settings.ts";
import { proofKey, type SilentTest, silentTestsDue } from "../../reachability/silent-tests.ts";
import type { Roster } from "../../roster/roster.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import { knownProof } from "../contact-proofs.ts";
import type { Knowledge } from "../knowledge.ts";
import { type Duty, driversOf, type Ports } from "../ports.ts";
import { testPage } from "../test-page.ts";
import { warnOfUnproven } from "./warn-of-unproven.ts";

const EVERY_MS = HOUR_MS;
/** A first look at a large roster is spread over several runs, and so are tests that a pause has piled up. */
const NOTED_MAX = 200;
const TESTS_MAX = 20;

/**
 * Keeps contacts proven: forgets people who left, notes since when each is known, sends each its quiet weekly test, and tells the administrators
 * of those who are soon on duty and whom nothing has proven for long.
 */
export function contactsDuty(ports: Ports, knowledge: Knowledge): Duty {
  return {
    name: "contacts",
    promise: {
      ko: "연락처마다 일주일에 한 번 조용한 시험 호출을 보내고, 닿는다고 입증되지 않은 당번을 알립니다.",
      en: "Sends each contact a quiet test page once a week, and tells of those on duty whom nothing proves to be reached.",
    },
    everyMs: EVERY_MS,
    async run(at) {
      const { store } = ports;
      const roster = await knowledge.roster(store);
      const before = await store.contactProofs();
      for (const person of new Set(before.map(({ person: id }) => id)))
        if (!roster.people.has(person)) await store.removeContactProofs(person);
      const known = current(ports, roster, before, at);
      const noted = await noteContacts(ports, before, known);
      const settings = reachSettingsOf(await store.setting(REACH_SETTING));
      const proofs = noted === 0 ? known : current(ports, roster, await store.contactProofs(), at);
      const drivers = driversOf(ports.channels);
      const zone = ports.settings.zone;
      const due = silentTestsDue({ roster, drivers, settings, proofs, zone, at });
      let tests = 0;
      for (const one of due.slice(0, TESTS_MAX)) if (await sendSilentTest(ports, roster, one, at)) tests++;
      const told = await warnOfUnproven(ports, knowledge, { roster, settings, proofs, at });
      return {
        status: { contacts: proofs.size, noted, tests, waiting: due.length - tests, told },
        next: due.length > TESTS_MAX || noted >= NOTED_MAX ? at + MINUTE_MS : undefined,
        nudge: tests + told > 0 ? ["deliver"] : [],
      };
    },
  };
}

/** What is known of each contact that there is, of the address that it has now. */
function current(
  ports: Ports,
  roster: Roster,
  stored: readonly ContactProof[],
  at: Instant,
): ReadonlyMap<string, ContactProof> {
  const known = new Map<string, ContactProof>();
  const byPerson = Map.groupBy(stored, ({ person }) => person);
  for (const person of roster.people.values()) {
    for (const channel of channelsOf(person)) {
      const proof = knownProof(ports, byPerson.get(person.id) ?? [], person, channel, at);
      if (proof !== undefined) known.set(proofKey(person.id, channel), proof);
    }
  }
  return known;
}

async function noteContacts(
  ports: Ports,
  stored: readonly ContactProof[],
  known: ReadonlyMap<string, ContactProof>,
): Promise<number> {
  const seen = new Map(stored.map((proof) => [proofKey(proof.person, proof.channel), proof]));
  let noted = 0;
  for (const [key, proof] of known) {
    if (seen.get(key)?.address === proof.address) continue;
    if (noted >= NOTED_MAX) break;
    // Whoever writes the row at the same time has seen the contact too.
    await ports.store.putContactProof(proof);
    noted++;
  }
  return noted;
}

/** The test and the note of it are one: of several nodes one sends it. */
async function sendSilentTest(ports: Ports, roster: Roster, wanted: SilentTest, at: Instant): Promise<boolean> {
  const { store, channels, chance } = ports;
  const person = roster.people.get(wanted.person);
  const driver = channels.get(wanted.channel);
  if (person === undefined || driver === undefined) return false;
  const text = { title: said.silentTitle()[person.locale], description: said.silentDescription()[person.locale] };
  const page = testPage(wanted, driver.speaksTo, roster, { at, chance: randomText(chance, 10), text, quiet: true });
  return store.transaction(async (queries) => {
    const proof = knownProof(ports, await queries.contactProofsOf(person.id), person, wanted.channel, at);
    if (proof === undefined || (proof.testedAt ?? 0) >= at - EVERY_MS) return false;
    if (!(await queries.putContactProof({ ...proof, testedAt: at }))) return false;
    await queries.insertDeliveries([page]);
    return true;
  });
}
