import { certificateSaid as said } from "../locale/certificate.ts";
import { reachProofSaid } from "../locale/reach-proof.ts";
import type { Locale, Said } from "../locale/said.ts";
import { timelineSaid } from "../locale/timeline.ts";
import { fromIso, type Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { Certificate, CertifiedGrade, CertifiedInterval, CertifiedTrouble } from "./certificate.ts";
import { patternsOf } from "./recurrence.ts";
import { VERDICTS } from "./situation.ts";

/** A certificate as people read it, line by line. */
export function certificateText(certificate: Certificate, locale: Locale): string {
  const { policy, roster, counts, zone, supposedDead: supposed, deaths } = certificate;
  const whole = wholeOf(certificate);
  const wholeMs = whole.end - whole.start;
  const one = (words: Said): string => words[locale];
  const times = (intervals: readonly CertifiedInterval[]): string => one(certifiedWhen(intervals, certificate));
  const lines = [
    `${one(said.head())} ${certificate.sha256.slice(0, 12)}`,
    one(certificate.holds ? said.holds() : said.fails()),
    "",
    one(said.policy(policy)),
    one(said.roster({ ...roster, ...counts })),
    one(said.time({ from: whole.start, until: whole.end, zone })),
    one(said.computed({ at: instantOf(certificate.computedAt), zone })),
    one(said.method({ ...counts, services: certificate.services.length })),
    one(said.contacts({ considered: certificate.contacts === "considered" })),
    ...certificate.holidaysUnknown.map((unknown) => one(said.holidays(unknown))),
    ...certificate.grades.flatMap((grade) => [
      "",
      one(said.grade({ ...grade, wholeMs })),
      `  ${sharesOf(grade, wholeMs, locale)}`,
      ...(grade.people.length === 0
        ? []
        : [`  ${one(said.people({ names: grade.people, channels: grade.channels }))}`]),
      ...grade.troubles.flatMap((trouble) => [
        `  ! ${one(reachProofSaid.verdict(trouble))}: ${times(trouble.intervals)}`,
        ...(trouble.example.asked.length === 0 ? [] : [`    ${one(exampleText(trouble, zone))}`]),
        ...indented(trouble.mend[locale], "      "),
      ]),
    ]),
    ...certificate.teams.flatMap(({ team, intervals, mend }) =>
      intervals.length === 0
        ? []
        : [
            "",
            `! ${one(reachProofSaid.gap({ team, when: certifiedWhen(intervals, certificate) }).message)}`,
            ...indented(mend[locale], "      "),
          ],
    ),
    "",
    one(supposed.people + supposed.channels === 0 ? said.noneSupposed() : said.supposed(supposed)),
    ...(deaths.length === 0 && supposed.people > 0 ? [`  ${one(said.noSingle())}`] : []),
    ...deaths.map((death) => `  ${one(said.death({ ...death, verdict: reachProofSaid.verdict(death) }))}`),
    ...certificate.providers
      .filter(({ channels }) => channels.length > 1)
      .map((provider) => `  ${one(said.provider(provider))}`),
    "",
    `sha256 ${certificate.sha256}`,
  ];
  return lines.join("\n");
}

/** When, as people say it. */
export function certifiedWhen(intervals: readonly CertifiedInterval[], certificate: Certificate): Said {
  const { zone } = certificate;
  const [first] = intervals;
  if (first?.[0] === certificate.from && first[1] === certificate.until) return reachProofSaid.always();
  return reachProofSaid.when({ patterns: patternsOf(intervals.map(intervalOf), zone), zone });
}

export function exampleText({ example }: CertifiedTrouble, zone: string): Said {
  const at = instantOf(example.at);
  const all = example.asked.map(({ who, channel, because }) =>
    timelineSaid.skipped({ who, channel: channel ?? "", because }),
  );
  const skipped = [...new Map(all.map((one) => [one.en, one])).values()];
  return skipped.length === 0 ? reachProofSaid.askedNobody({ at, zone }) : reachProofSaid.asked({ at, zone, skipped });
}

function sharesOf({ totalMs }: CertifiedGrade, wholeMs: number, locale: Locale): string {
  return VERDICTS.filter((verdict) => totalMs[verdict] > 0)
    .map(
      (verdict) => said.share({ verdict: reachProofSaid.verdict({ verdict }), ms: totalMs[verdict], wholeMs })[locale],
    )
    .join(", ");
}

function wholeOf({ from, until }: Certificate): Interval {
  return intervalOf([from, until]);
}

export function intervalOf([start, end]: CertifiedInterval): Interval {
  return { start: instantOf(start), end: instantOf(end) };
}

function instantOf(text: string): Instant {
  return fromIso(text) ?? 0;
}

function indented(text: string, by: string): readonly string[] {
  return text === "" ? [] : text.split("\n").map((line) => `${by}${line}`);
}
