import { certificateSaid } from "../../locale/certificate.ts";
import { reachProofSaid } from "../../locale/reach-proof.ts";
import type { Locale, Said } from "../../locale/said.ts";
import type { Certificate, CertifiedDeath, CertifiedGrade, CertifiedTrouble } from "../../proof/certificate.ts";
import { certifiedWhen, exampleText, intervalOf } from "../../proof/certificate-text.ts";
import { VERDICTS } from "../../proof/situation.ts";
import type { ShownReachDeath, ShownReachGrade, ShownReachProof, ShownReachTrouble } from "../wire/proof.ts";

/** A certificate as the page of it shows it, in the reader's language. */
export function shownProof(
  certificate: Certificate,
  { locale, current }: { readonly locale: Locale; readonly current: boolean },
): ShownReachProof {
  const { holds, sha256, computedAt, from, until, zone, policy, roster, supposedDead } = certificate;
  return {
    holds,
    current,
    sha256,
    computedAt,
    from,
    until,
    zone,
    policy: policy.title,
    revision: roster.revision,
    grades: certificate.grades.map((grade, rank) => shownGrade(grade, rank, certificate, locale)),
    teams: certificate.teams.flatMap(({ team, count, totalMs, intervals, mend }) =>
      count === 0
        ? []
        : [
            {
              team,
              when: certifiedWhen(intervals, certificate)[locale],
              count,
              totalMs,
              at: intervals[0]?.[0] ?? from,
              mend: mend[locale],
            },
          ],
    ),
    deaths: certificate.deaths.map((death) => shownDeath(death, certificate, locale)),
    supposedDead,
    method: methodOf(certificate).map((line) => line[locale]),
  };
}

function shownGrade(grade: CertifiedGrade, rank: number, certificate: Certificate, locale: Locale): ShownReachGrade {
  const whole = intervalOf([certificate.from, certificate.until]);
  const wholeMs = whole.end - whole.start;
  return {
    grade: grade.grade,
    rank,
    summary: certificateSaid.grade({ ...grade, wholeMs })[locale],
    shares: VERDICTS.filter((verdict) => grade.totalMs[verdict] > 0).map((verdict) => ({
      verdict,
      text: certificateSaid.share({
        verdict: reachProofSaid.verdict({ verdict }),
        ms: grade.totalMs[verdict],
        wholeMs,
      })[locale],
    })),
    people:
      grade.people.length === 0
        ? ""
        : certificateSaid.people({ names: grade.people, channels: grade.channels })[locale],
    troubles: grade.troubles.map((trouble) => shownTrouble(trouble, certificate, locale)),
    days: grade.days,
  };
}

function shownTrouble(trouble: CertifiedTrouble, certificate: Certificate, locale: Locale): ShownReachTrouble {
  const { verdict, count, totalMs, intervals, example, mend } = trouble;
  return {
    verdict,
    title: reachProofSaid.verdict({ verdict })[locale],
    when: certifiedWhen(intervals, certificate)[locale],
    count,
    totalMs,
    at: example.at,
    example: example.asked.length === 0 ? "" : exampleText(trouble, certificate.zone)[locale],
    woken: example.woken,
    mend: mend[locale],
  };
}

function shownDeath(death: CertifiedDeath, { from }: Certificate, locale: Locale): ShownReachDeath {
  const { is, who, name, grade, verdict, count, totalMs, intervals, woken, mend } = death;
  return {
    is,
    who,
    name: name[locale],
    grade,
    verdict,
    title: reachProofSaid.verdict({ verdict })[locale],
    count,
    totalMs,
    at: intervals[0]?.[0] ?? from,
    woken,
    mend: mend[locale],
  };
}

function methodOf(certificate: Certificate): readonly Said[] {
  const { counts, services, contacts, supposedDead, holidaysUnknown, providers, roster } = certificate;
  const { people, channels } = supposedDead;
  return [
    certificateSaid.roster({ ...roster, ...counts }),
    certificateSaid.method({ ...counts, services: services.length }),
    certificateSaid.contacts({ considered: contacts === "considered" }),
    people + channels === 0 ? certificateSaid.noneSupposed() : certificateSaid.supposed(supposedDead),
    ...providers.filter((provider) => provider.channels.length > 1).map(certificateSaid.provider),
    ...holidaysUnknown.map(certificateSaid.holidays),
  ];
}
