import type { LoadPeriod, LoadSources, LoadWarning } from "../../load/load.ts";
import { loadOf } from "../../load/load.ts";
import { loadSaid as said } from "../../locale/load.ts";
import { timeText } from "../../locale/page.ts";
import type { Locale } from "../../locale/said.ts";
import type { Roster } from "../../roster/roster.ts";
import { HOUR_MS, MINUTE_MS, type Millis } from "../../time/instant.ts";
import type { ShownLoad, ShownPersonLoad, ShownRange, ShownTeamLoad } from "../wire/load.ts";

/** The load of a period in minutes and words. */
export function shownLoad(
  sources: LoadSources,
  facts: LoadPeriod,
  { roster, locale }: { readonly roster: Roster; readonly locale: Locale },
): Pick<ShownLoad, "counted" | "teams" | "people"> {
  const people = loadOf(sources, facts).map((load): ShownPersonLoad => {
    const { person, warnings, weeks, shortestRest, ...rest } = load;
    return {
      ...rest,
      id: person,
      name: roster.people.get(person)?.name ?? person,
      standby: minutes(load.standby),
      night: minutes(load.night),
      weekend: minutes(load.weekend),
      holiday: minutes(load.holiday),
      worked: minutes(load.worked),
      workedAtNight: minutes(load.workedAtNight),
      longestStretch: minutes(load.longestStretch),
      shortestRest: shortestRest === null ? null : minutes(shortestRest),
      weeks: weeks.map((week) => ({ ...week, standby: minutes(week.standby), worked: minutes(week.worked) })),
      warnings: warnings.map((one) => ({ kind: one.kind, text: warningText(one, facts.zone, locale) })),
    };
  });
  const teams = sources.teams.flatMap(({ name }) => shownTeam(name, people));
  return { counted: said.counted()[locale], teams, people };
}

function shownTeam(name: string, people: readonly ShownPersonLoad[]): readonly ShownTeamLoad[] {
  const mine = people.filter(({ teams }) => teams.includes(name));
  if (mine.length === 0) return [];
  const range = (valueOf: (person: ShownPersonLoad) => number): ShownRange => ({
    least: Math.min(...mine.map(valueOf)),
    most: Math.max(...mine.map(valueOf)),
  });
  return [
    {
      name,
      people: mine.map(({ id }) => id),
      standby: range(({ standby }) => standby),
      night: range(({ night }) => night),
      weekend: range(({ weekend }) => weekend),
      holidayDays: range(({ holidayDays }) => holidayDays.length),
    },
  ];
}

function warningText(warning: LoadWarning, zone: string, locale: Locale): string {
  switch (warning.kind) {
    case "week-over":
      return said.weekOver({ monday: warning.monday, hours: hours(warning.standby) })[locale];
    case "rest-under":
      return said.restUnder({ at: timeText(warning.at, zone, locale), hours: hours(warning.rest) })[locale];
    case "alone":
      return said.alone({ team: warning.team, hours: hours(warning.length), heads: warning.heads })[locale];
  }
}

function minutes(length: Millis): number {
  return Math.round(length / MINUTE_MS);
}

function hours(length: Millis): number {
  return Math.round((length / HOUR_MS) * 10) / 10;
}
