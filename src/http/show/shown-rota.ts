import { rotaSaid as said } from "../../locale/rota.ts";
import type { Locale } from "../../locale/said.ts";
import { holidayCalendar } from "../../roster/holidays.ts";
import type { ActiveHours, PersonId } from "../../roster/roster.ts";
import { hoursText, turnLengthText } from "../../roster/rotation-words.ts";
import type { RotaAnswer, RotaFound, RotaNone } from "../../rota/answer.ts";
import type { RotaQuestion } from "../../rota/question.ts";
import { rotationsOfRota } from "../../rota/rotations.ts";
import { slotsOf } from "../../rota/slots.ts";
import { talliesOf } from "../../rota/tally.ts";
import { argumentText, fairnessText, proofText, smallestText } from "../../rota/tell.ts";
import { toIso } from "../../time/instant.ts";
import type { ShownRotaAnswer, ShownRotaFound, ShownRotaNone, ShownRotaQuestion } from "../wire/rota.ts";

export type RotaSubject = {
  readonly question: RotaQuestion;
  readonly names: ReadonlyMap<PersonId, string>;
  readonly team?: string;
};

/** An answer with its question, in words. */
export function shownRota(
  subject: RotaSubject,
  answer: RotaAnswer,
  { locale, tookSeconds }: { readonly locale: Locale; readonly tookSeconds: number },
): ShownRotaAnswer {
  const common = { question: shownQuestion(subject), tookSeconds: Math.round(tookSeconds * 10) / 10 };
  switch (answer.is) {
    case "rota": {
      const { people } = subject.question;
      const summary = said.found({ people: people.length, shifts: answer.shifts.length })[locale];
      return { ...common, summary, ...shownFound(subject, answer, locale) };
    }
    case "none":
      return { ...common, summary: said.none()[locale], ...shownNone(subject.question, answer, locale) };
    case "unknown":
      return { ...common, summary: said.unknown(answer)[locale], is: "unknown" };
  }
}

function shownQuestion({ question, names, team }: RotaSubject): ShownRotaQuestion {
  const { zone, from, weeks, repeats, perShift, limits } = question;
  const to = Temporal.PlainDate.from(from)
    .add({ days: weeks * 7 - 1 })
    .toString();
  return {
    team: team ?? null,
    zone,
    from,
    to,
    weeks,
    repeats,
    perShift,
    shifts: shiftNames(question).map((name, kind) => ({ name, isNight: isNight(question, kind) })),
    weekHoursMax: limits.weekHoursMax ?? null,
    restHoursMin: limits.restHoursMin ?? null,
    nightsInRowMax: limits.nightsInRowMax ?? null,
    daysInRowMax: limits.daysInRowMax ?? null,
    people: question.people.map(({ id }) => ({ id, name: names.get(id) ?? id })),
    holidays: [...holidayCalendar(zone, question.holidays)]
      .filter(([date]) => date >= from && date <= to)
      .map(([date, name]) => ({ date, name })),
  };
}

/** `08:00-20:00`, with its days where it is not there on each; the length of one that follows itself. */
function shiftNames({ pattern }: RotaQuestion): readonly string[] {
  if (pattern.kind === "long") return [turnLengthText(pattern.length)];
  return pattern.shifts.map((hours: ActiveHours) =>
    hours.days.length === 7 ? `${hours.from}-${hours.to === "00:00" ? "24:00" : hours.to}` : hoursText(hours),
  );
}

function isNight(question: RotaQuestion, kind: number): boolean {
  return slotsOf({ ...question, weeks: 1 }).some(({ shift, nights }) => shift === kind && nights.length > 0);
}

function shownFound(subject: RotaSubject, answer: RotaFound, locale: Locale): ShownRotaFound {
  const { question, team } = subject;
  const slots = new Map(slotsOf(question).map((slot) => [`${slot.start} ${slot.shift}`, slot]));
  const names = shiftNames(question);
  const withLeave = question.people.some(({ away }) => away.length > 0);
  const name = (shift: number): string =>
    said.rotationName({ team: team ?? "", from: question.from, shift: names[shift] ?? "" })[locale].trim();
  return {
    is: "rota",
    fairness: answer.fairness.is,
    fairnessText: fairnessText(answer)[locale],
    spreads: answer.spreads.map((one) => said.spread({ ...one, withLeave })[locale]),
    wishesBroken: answer.wishesBroken,
    shifts: answer.shifts.map(({ start, end, shift, people }) => ({
      start: toIso(start),
      end: toIso(end),
      dates: slots.get(`${start} ${shift}`)?.days ?? [],
      kind: shift,
      people,
    })),
    tallies: talliesOf(question, answer.shifts),
    rotations: rotationsOfRota(question, answer.shifts, { name, priority: 0 }).map((rotation) => ({
      name: rotation.name,
      data: rotation,
    })),
  };
}

function shownNone(question: RotaQuestion, answer: RotaNone, locale: Locale): ShownRotaNone {
  const { smallest, weekHoursNeeded } = answer;
  return {
    is: "none",
    proof: proofText(answer)[locale],
    arguments: answer.arguments.map((one) => ({ kind: one.kind, text: argumentText(one, question.zone)[locale] })),
    smallest: { heads: smallest.is === "found" ? smallest.heads : null, text: smallestText(smallest)[locale] },
    loosened: answer.loosened.map((one) => ({ ...one, text: said.loosened(one)[locale] })),
    weekHoursNeeded:
      weekHoursNeeded === undefined
        ? null
        : { ...weekHoursNeeded, text: said.weekHoursNeeded(weekHoursNeeded)[locale] },
  };
}
