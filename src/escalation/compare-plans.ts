import type { PersonId } from "../roster/roster.ts";
import type { Instant, Millis } from "../time/instant.ts";
import { wokenBy } from "./simulate.ts";
import type { Step } from "./step.ts";

/** What happens so long after the incident began, in each of two plans: places in their lists of steps. */
export type PlanRow = {
  readonly after: Millis;
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Whether the same people are reached through the same channels. */
  readonly same: boolean;
};

/** When a person is first woken in each; undefined is never. */
export type WokenRow = {
  readonly person: PersonId;
  readonly left: Millis | undefined;
  readonly right: Millis | undefined;
};

export type PlanComparison = {
  readonly rows: readonly PlanRow[];
  readonly woken: readonly WokenRow[];
  readonly same: boolean;
};

/** Two plans for the same supposed incident, side by side on one axis. */
export function comparePlans(left: readonly Step[], right: readonly Step[], at: Instant): PlanComparison {
  const offsets = [...new Set([...left, ...right].map(({ due }) => due - at))].sort((one, other) => one - other);
  const rows = offsets.map((after): PlanRow => {
    const placesIn = (steps: readonly Step[]): number[] =>
      steps.flatMap(({ due }, index) => (due - at === after ? [index] : []));
    const [ofLeft, ofRight] = [placesIn(left), placesIn(right)];
    const same = effectOf(ofLeft.map((index) => left[index])) === effectOf(ofRight.map((index) => right[index]));
    return { after, left: ofLeft, right: ofRight, same };
  });
  const [first, second] = [firstTimes(left, at), firstTimes(right, at)];
  const woken = [...new Set([...first.keys(), ...second.keys()])].map(
    (person): WokenRow => ({ person, left: first.get(person), right: second.get(person) }),
  );
  return { rows, woken, same: rows.every((row) => row.same) };
}

/** All that people notice of steps: whom, through what, how loudly. By which clause is not among it. */
function effectOf(steps: readonly (Step | undefined)[]): string {
  const reaches = steps.flatMap((step) =>
    (step?.reach ?? []).flatMap(({ target, channel, urgency, mention, people }) => {
      const to = target.kind === "room" ? `room ${mention ?? ""} ${people.toSorted().join(" ")}` : target.person;
      return [`${channel} ${urgency} ${to}`];
    }),
  );
  return [...new Set(reaches)].sort().join("\n");
}

function firstTimes(steps: readonly Step[], at: Instant): ReadonlyMap<PersonId, Millis> {
  const times = new Map<PersonId, Millis>();
  for (const step of steps)
    for (const person of wokenBy(step)) if (!times.has(person)) times.set(person, step.due - at);
  return times;
}
