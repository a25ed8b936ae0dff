import { toIso } from "../time/instant.ts";
import type { Answer, RecordedDeed, RecordedIncident } from "./history.ts";

/** A recorded incident as one line of JSON: what `readHistory` reads again, and nothing that it does not. */
export function historyLine(incident: RecordedIncident): string {
  const { openedAt, until, deeds, answers, grade, by, ...rest } = incident;
  return JSON.stringify({
    incident: {
      ...rest,
      grade: grade.name,
      gradeRank: grade.rank,
      openedAt: toIso(openedAt),
      by: whoOf(by),
      until: toIso(until),
      deeds: deeds.map(deedOf),
      answers: answers.map(answerOf),
    },
  });
}

/** Which credential a source sent with is nobody's business elsewhere. */
function whoOf(by: RecordedIncident["by"]): object {
  return by.kind === "source" ? { kind: "source", source: by.source } : by;
}

function deedOf({ at, by, deed, anchor }: RecordedDeed): object {
  const said =
    deed.do === "grade"
      ? { do: deed.do, to: deed.to.name, toRank: deed.to.rank, because: deed.because }
      : deed.do === "snooze"
        ? { do: deed.do, seconds: deed.during / 1_000 }
        : deed;
  const since = anchor === undefined ? {} : { answer: anchor.answer, secondsAfterAnswer: anchor.since / 1_000 };
  return { at: toIso(at), by: whoOf(by), ...said, ...since };
}

function answerOf(answer: Answer): object {
  if (answer.is === "silent") return { silentSeconds: answer.during / 1_000 };
  return { seconds: answer.after / 1_000, ...(answer.by === undefined ? {} : { by: answer.by }) };
}
