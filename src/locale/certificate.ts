import type { Instant, Millis } from "../time/instant.ts";
import { HOUR_MS } from "../time/instant.ts";
import { durationText } from "./page.ts";
import { momentText, namesText } from "./reach-proof.ts";
import type { Said } from "./said.ts";
import { channelName } from "./timeline.ts";

/** The certificate of the proof of reach, as people read it. */
export const certificateSaid = {
  head: (): Said => ({ ko: "도달 증명서", en: "Certificate of reach" }),
  holds: (): Said => ({
    ko: "성립합니다. 아래 기간의 어느 순간에 어느 등급의 장애가 나도 정책이 부르라고 한 사람이 제때 깹니다.",
    en: "It holds. At whatever instant of the time below an incident of whatever grade begins, somebody whom the policy means is woken in time.",
  }),
  fails: (): Said => ({
    ko: "성립하지 않습니다. 아래 시간에는 정책이 약속한 대로 닿지 않습니다.",
    en: "It does not hold. At the times below people are not reached as the policy promises.",
  }),
  line: (f: { holds: boolean; seal: string }): Said => ({
    ko: `도달 증명: ${f.holds ? "성립" : "성립하지 않음"} (증명서 ${f.seal})`,
    en: `Proof of reach: ${f.holds ? "it holds" : "it does not hold"} (certificate ${f.seal})`,
  }),
  policy: (f: { title: string; id: string }): Said => ({
    ko: `정책: ${f.title} (${f.id})`,
    en: `Policy: ${f.title} (${f.id})`,
  }),
  roster: (f: { revision: number | null; sha256: string; people: number; teams: number; rotations: number }): Said => ({
    ko: `명부: ${f.revision === null ? "" : `${f.revision}판, `}사람 ${f.people}명, 팀 ${f.teams}개, 교대 ${f.rotations}개 (sha256 ${f.sha256.slice(0, 12)})`,
    en: `Roster: ${f.revision === null ? "" : `revision ${f.revision}, `}${counted(f.people, "person", "people")}, ${counted(f.teams, "team")}, ${counted(f.rotations, "rotation")} (sha256 ${f.sha256.slice(0, 12)})`,
  }),
  time: (f: { from: Instant; until: Instant; zone: string }): Said => ({
    ko: `기간: ${momentText(f.from, f.zone, "ko")}부터 ${momentText(f.until, f.zone, "ko")}까지 (${f.zone})`,
    en: `Time: from ${momentText(f.from, f.zone, "en")} until ${momentText(f.until, f.zone, "en")} (${f.zone})`,
  }),
  computed: (f: { at: Instant; zone: string }): Said => ({
    ko: `계산: ${momentText(f.at, f.zone, "ko")}`,
    en: `Computed: ${momentText(f.at, f.zone, "en")}`,
  }),
  method: (f: { situations: number; stretches: number; evaluations: number; services: number }): Said => ({
    ko: `근거: 당번 상황 ${f.situations}가지가 ${f.stretches}구간에 나타나고, 에스컬레이션 계획을 ${f.evaluations}번 물었습니다.${f.services === 0 ? "" : ` 서비스 ${f.services}개는 등급으로 모두 포함됩니다.`}`,
    en: `By: ${counted(f.situations, "situation")} of duty in ${counted(f.stretches, "stretch", "stretches")}; the escalation plan was asked ${counted(f.evaluations, "time")}.${f.services === 0 ? "" : f.services === 1 ? " The one service is in it by its grade." : ` The ${f.services} services are all in it by their grades.`}`,
  }),
  contacts: (f: { considered: boolean }): Said =>
    f.considered
      ? {
          ko: "연락처: 호출이 닿는다고 입증된 것을 따로 셌습니다.",
          en: "Contacts: those at which pages are proven to arrive are told apart.",
        }
      : {
          ko: "연락처: 입증 여부는 보지 않았습니다.",
          en: "Contacts: whether pages are proven to arrive was not looked at.",
        },
  holidays: (f: { zone: string; knownUntil: string | null }): Said => ({
    ko: `휴일: ${f.zone}의 공휴일은 ${f.knownUntil === null ? "알지 못합니다" : `${f.knownUntil}까지만 알려져 있습니다`}.`,
    en: `Holidays: the public holidays of ${f.zone} are ${f.knownUntil === null ? "not known" : `known until ${f.knownUntil} only`}.`,
  }),
  grade: (f: {
    grade: string;
    deadlineMs: Millis;
    firstAfterMs: Millis | null;
    secondAfterMs: Millis | null;
    aloneMs: Millis;
    wholeMs: Millis;
  }): Said => {
    const alone = f.aloneMs / f.wholeMs;
    return {
      ko: `${f.grade} (기한 ${durationText(f.deadlineMs, "ko")}): ${
        f.firstAfterMs === null
          ? "아무도 깨지 않는 때가 있음"
          : f.firstAfterMs === 0
            ? "처음 사람을 바로 깨움"
            : `처음 사람을 늦어도 ${durationText(f.firstAfterMs, "ko")} 뒤에 깨움`
      }${
        f.secondAfterMs === null
          ? ", 답이 없을 때 기한 안에 다른 사람을 더 깨우지는 않음"
          : `, 답이 없으면 늦어도 ${durationText(f.secondAfterMs, "ko")} 뒤 다른 사람`
      }${alone > 0 ? `, 한 사람만 깨우는 시간 ${percent(alone)}` : ""}`,
      en: `${f.grade} (deadline ${durationText(f.deadlineMs, "en")}): ${
        f.firstAfterMs === null
          ? "at times nobody is woken"
          : f.firstAfterMs === 0
            ? "the first human is woken at once"
            : `the first human is woken after at most ${durationText(f.firstAfterMs, "en")}`
      }${
        f.secondAfterMs === null
          ? ", nobody else before the deadline if they do not answer"
          : `, somebody else after at most ${durationText(f.secondAfterMs, "en")} if they do not answer`
      }${alone > 0 ? `, one person alone ${percent(alone)} of the time` : ""}`,
    };
  },
  share: (f: { verdict: Said; ms: Millis; wholeMs: Millis }): Said => ({
    ko: `${f.verdict.ko} ${percent(f.ms / f.wholeMs)}`,
    en: `${f.verdict.en} ${percent(f.ms / f.wholeMs)}`,
  }),
  people: (f: { names: readonly string[]; channels: readonly string[] }): Said => ({
    ko: `먼저 깨우는 사람: ${namesText(f.names, "ko")} (${f.channels.map((kind) => channelName(kind).ko).join(", ")})`,
    en: `First woken: ${namesText(f.names, "en")} (${f.channels.map((kind) => channelName(kind).en).join(", ")})`,
  }),
  supposed: (f: { people: number; channels: number; providers: number }): Said => ({
    ko: `하나씩 끊긴다고 가정: 사람 ${f.people}명, 채널 ${f.channels}개, 업체 ${f.providers}곳`,
    en: `Supposed dead, one at a time: ${counted(f.people, "person", "people")}, ${counted(f.channels, "channel")}, ${counted(f.providers, "provider")}`,
  }),
  noneSupposed: (): Said => ({
    ko: "끊긴 사람이나 채널은 가정하지 않았습니다.",
    en: "Nobody and nothing was supposed dead.",
  }),
  noSingle: (): Said => ({
    ko: "어느 하나가 끊겨도 나빠지는 것이 없습니다.",
    en: "Whichever of them is, nothing gets worse.",
  }),
  death: (f: {
    name: Said;
    grade: string;
    verdict: Said;
    count: number;
    totalMs: Millis;
    woken: readonly string[];
  }): Said => ({
    ko: `${f.name.ko}: ${f.grade} ${f.verdict.ko}${f.woken.length === 0 ? "" : ` (${namesText(f.woken, "ko")})`}, ${f.count}회 ${hours(f.totalMs, "시간")}`,
    en: `${f.name.en}: ${f.grade} ${f.verdict.en}${f.woken.length === 0 ? "" : ` (${namesText(f.woken, "en")})`}, ${counted(f.count, "time")}, ${hours(f.totalMs, " h")}`,
  }),
  provider: (f: { name: string; channels: readonly string[] }): Said => ({
    ko: `업체 ${f.name}: ${f.channels.map((kind) => channelName(kind).ko).join(", ")}`,
    en: `Provider ${f.name}: ${f.channels.map((kind) => channelName(kind).en).join(", ")}`,
  }),
} as const;

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Never rounded up to the whole: 100 % is said of the whole alone. */
function percent(share: number): string {
  if (share >= 1) return "100%";
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)}%`;
}

function hours(length: Millis, unit: string): string {
  return `${Math.round(length / HOUR_MS)}${unit}`;
}
