import { bindingShort as brief, bindingSaid as said } from "../../locale/bindings.ts";
import type { Locale, Said } from "../../locale/said.ts";
import { monitorTitle } from "../../monitor/title-of.ts";
import { monitorSaid, ruleText } from "../../monitor/words.ts";
import type { Binding } from "../../proof/bindings.ts";
import type { PersonId, Roster } from "../../roster/roster.ts";
import type { Instant } from "../../time/instant.ts";
import type { WireBinding } from "../wire/policy.ts";

type Facts = { readonly roster: Roster; readonly zone: string; readonly locale: Locale };

/** A binding in words, with the people it names. */
export function shownBinding(binding: Binding, facts: Facts): WireBinding {
  const { tone, text, short, people = [] } = toldBinding(binding, facts);
  const named = people.map((id) => ({ id, name: nameOf(id, facts) }));
  return { is: binding.is, tone, text: text[facts.locale], short: short[facts.locale], people: named };
}

type Told = {
  readonly tone: WireBinding["tone"];
  readonly text: Said;
  readonly short: Said;
  readonly people?: readonly PersonId[];
};

function toldBinding(binding: Binding, facts: Facts): Told {
  const names = (people: readonly PersonId[]): readonly string[] => people.map((id) => nameOf(id, facts));
  const duty = (people: readonly PersonId[]): Said => brief.duty({ names: names(people) });
  const time = (at: Instant | undefined): string | null =>
    at === undefined ? null : said.at({ at, zone: facts.zone })[facts.locale];
  switch (binding.is) {
    case "deadline": {
      const { respondWithin, repeatEvery, reminders, levelEvery } = binding.timing;
      const f = { within: respondWithin, repeat: repeatEvery, reminders, level: levelEvery };
      return { tone: "plain", text: said.deadline(f), short: brief.deadline(f) };
    }
    case "owner":
      return tellPeople(binding.people, said.owner({ names: names(binding.people) }), duty(binding.people));
    case "team": {
      const f = { members: names(binding.members), duty: names(binding.people), until: time(binding.until) };
      return { ...tellPeople(binding.people, said.team(f), duty(binding.people)), people: binding.members };
    }
    case "staffing": {
      const { wanted, people } = binding;
      const text = said.staffing({ wanted, names: names(people) });
      const short = brief.staffing({ wanted, have: people.length });
      return { tone: people.length >= wanted ? "good" : "bad", text, short, people };
    }
    case "shift":
      return {
        tone: binding.gap === undefined ? "good" : "bad",
        text: said.shift({ turns: binding.turns, gap: time(binding.gap) }),
        short: brief.shift({ gap: binding.gap !== undefined }),
      };
    case "recipient":
      return tellPeople(
        binding.people,
        said.recipient({ names: names(binding.people), because: binding.because }),
        brief.recipient({ names: names(binding.people) }),
      );
    case "channel": {
      const isWhole = binding.with === undefined || binding.with === binding.of;
      return {
        tone: binding.usable === "yes" && isWhole ? "good" : "bad",
        text: said.channel(binding),
        short: brief.channel(binding),
      };
    }
    case "checklist":
      return { tone: "plain", text: said.checklist(), short: brief.checklist() };
    case "watched": {
      const off = binding.off.map(monitorTitle);
      const advice = monitorSaid.advice({ quantity: binding.quantity, off });
      const monitors = binding.monitors.map(monitorTitle);
      const text = said.watched({ ...binding, monitors, last: time(binding.lastAt), advice });
      return { tone: binding.series > 0 ? "good" : "bad", text, short: brief.watched(binding) };
    }
    case "threshold": {
      const rules = binding.monitors.map((monitor) => ruleText(monitor));
      const short = brief.threshold({ count: rules.length });
      return { tone: rules.length > 0 ? "plain" : "bad", text: said.threshold({ rules }), short };
    }
    case "service":
      return { tone: "plain", text: said.service(binding), short: brief.service({ count: binding.labels.length }) };
    case "report-field":
      return { tone: "plain", text: said.reportField(binding), short: brief.reportField(binding) };
    case "unwatched":
      return { tone: "plain", text: said.unwatched(), short: brief.unwatched() };
  }
}

function tellPeople(people: readonly PersonId[], text: Said, short: Said): Told {
  return { tone: people.length > 0 ? "good" : "bad", text, short, people };
}

function nameOf(id: PersonId, { roster }: Facts): string {
  return roster.people.get(id)?.name ?? id;
}
