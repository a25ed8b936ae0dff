import { unreachable } from "../fault/fault.ts";
import { timeText } from "../locale/page.ts";
import { rotaSaid as said } from "../locale/rota.ts";
import { LOCALES, type Said } from "../locale/said.ts";
import type { Instant } from "../time/instant.ts";
import type { RotaFound, RotaNone, SmallestHeads } from "./answer.ts";
import type { RotaArgument } from "./arguments.ts";

/** An argument as a sentence that can be checked with a pencil. */
export function argumentText(argument: RotaArgument, zone: string): Said {
  switch (argument.kind) {
    case "too-many-hours":
      return said.tooManyHours(argument);
    case "too-many-shifts":
      return said.tooManyShifts(argument);
    case "shift-too-long":
      return atEach(argument.at, zone, (at) => said.shiftTooLong({ ...argument, at }));
    case "too-close":
      return atEach(argument.at, zone, (at) => said.tooClose({ ...argument, at }));
    case "too-many-nights":
      return said.tooManyNights(argument);
    case "too-few-there":
      return atEach(argument.at, zone, (at) => said.tooFewThere({ ...argument, at }));
    default:
      return unreachable(argument);
  }
}

export function smallestText(smallest: SmallestHeads): Said {
  switch (smallest.is) {
    case "found":
      return said.smallest(smallest);
    case "more-than":
      return said.smallestMoreThan(smallest);
    case "unknown":
      return said.smallestUnknown({ heads: smallest.atLeast });
    default:
      return unreachable(smallest);
  }
}

/** How it is known that there is none. */
export function proofText({ solver, arguments: against }: RotaNone): Said {
  if (solver === "unknown") return said.proofArgument();
  return against.length > 0 ? said.proofBoth() : said.proofSolver();
}

export function fairnessText({ fairness }: RotaFound): Said {
  return fairness.is === "optimal" ? said.fairest() : said.fairEnough();
}

function atEach(at: Instant, zone: string, tell: (at: string) => Said): Said {
  const [ko, en] = LOCALES.map((locale) => tell(timeText(at, zone, locale))[locale]);
  return { ko: ko ?? "", en: en ?? "" };
}
