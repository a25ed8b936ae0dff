import { withJosa } from "./josa.ts";
import { durationText } from "./page.ts";
import type { Said } from "./said.ts";
import { channelName } from "./timeline.ts";

type Words = { readonly message: Said; readonly why: Said; readonly mend: Said };

/** What `bongsu check` says: what it found, why it matters at 3 a.m., and the text that mends it. */
export const proofSaid = {
  ownerNotTold: (f: { grade: string; owner: string; recipients: readonly string[] }): Words => ({
    message: {
      ko: `${f.grade}의 담당은 ${f.owner}인데 알림 대상은 ${f.recipients.join(", ")}입니다. 문서대로라면 실제로 대응할 사람을 아무도 부르지 않습니다.`,
      en: `${f.grade} is owned by ${f.owner}, yet the recipients are ${f.recipients.join(", ")}: as written, the people who are to respond are never paged.`,
    },
    why: {
      ko: "보고받을 사람은 깨는데 고칠 사람은 잡니다. Bongsu는 기본값으로 담당 팀 당번도 함께 부르지만, 문서만 읽은 사람은 모릅니다.",
      en: "Those who are told wake up, those who can mend it sleep. Bongsu pages the owner's people on duty by default, but nobody who reads the document knows.",
    },
    mend: {
      ko: `알림 규칙:\n  ${f.grade}:\n    대상:\n${[...f.recipients, f.owner].map((name) => `      - ${name}`).join("\n")}`,
      en: `notifications:\n  ${f.grade}:\n    recipients:\n${[...f.recipients, f.owner].map((name) => `      - ${name}`).join("\n")}`,
    },
  }),
  noShift: (f: { grade: string; owner: string; heads: number; shifted: readonly string[] }): Words => ({
    message: {
      ko: `${f.grade} 대응은 24/7인데 담당 ${f.owner}(${f.heads}명)에는 교대 근무가 없습니다.${f.shifted.length === 0 ? "" : ` 24/7 교대는 ${f.shifted.join(", ")}뿐입니다.`}`,
      en: `${f.grade} is to be answered around the clock, but its owner ${f.owner} (${f.heads} people) has no shift.${f.shifted.length === 0 ? "" : ` Only ${f.shifted.join(", ")} has.`}`,
    },
    why: {
      ko:
        f.heads > 0
          ? `${f.heads}명이 번갈아 맡으면 한 사람이 ${f.heads}일에 하루 밤을 서고, 한 명이 휴가면 매일 밤입니다. 아무도 깨어 있을 의무가 없습니다.`
          : "새벽에 깨어 있을 의무가 있는 사람이 없습니다.",
      en:
        f.heads > 0
          ? `With ${f.heads} people each has every ${f.heads === 2 ? "other" : `${f.heads}th`} night, and every night when one is on leave. Nobody is bound to be awake.`
          : "Nobody is bound to be awake.",
    },
    mend: {
      ko: `대응 조직:\n  ${f.owner}:\n    구성:\n      - …\n      - 24/7 교대 근무`,
      en: `teams:\n  ${f.owner}:\n    staffing:\n      - …\n      - 24/7 shifts`,
    },
  }),
  noNumber: (f: { grade: string; minutes: number }): Words => ({
    message: {
      ko: `${f.grade}의 대응시간 '즉시'에 숫자가 없습니다. 몇 분 안에 확인해야 하는지 알 수 없어 ${f.minutes}분을 씁니다.`,
      en: `'Immediately' for ${f.grade} has no number: by when somebody must have acknowledged is not said; ${f.minutes} minutes are taken.`,
    },
    why: {
      ko: "언제 다음 사람을 깨울지, 나중에 지켰는지 어겼는지 판단할 기준이 없습니다.",
      en: "There is nothing to tell when to wake the next person, or afterwards whether it was kept.",
    },
    mend: {
      ko: `에스컬레이션:\n  ${f.grade}:\n    확인 기한: ${f.minutes}분`,
      en: `escalation:\n  ${f.grade}:\n    acknowledge within: ${f.minutes} minutes`,
    },
  }),
  shiftTooThin: (f: { team: string; role: string; heads: number; hours: number; needed: number }): Words => ({
    message: {
      ko: `${withJosa(f.team, "은/는")} ${f.role} ${f.heads}명으로 24/7 교대를 섭니다. 한 사람이 주 ${f.hours}시간입니다.`,
      en: `${f.team} keeps 24/7 shifts with ${f.heads} (${f.role}): ${f.hours} hours a week each.`,
    },
    why: {
      ko: `주 52시간 안에서는 최소 ${f.needed}명이 필요합니다. 지켜질 수 없는 근무표에는 빈 시간이 생깁니다.`,
      en: `Within 52 hours a week it takes at least ${f.needed}. A rota that cannot be kept has gaps.`,
    },
    mend: {
      ko: `대응 조직:\n  ${f.team}:\n    구성:\n      - ${f.role} ${f.needed}명`,
      en: `teams:\n  ${f.team}:\n    staffing:\n      - ${f.role} x ${f.needed}`,
    },
  }),
  turnsTooThin: (f: {
    team: string;
    rotation: string;
    people: readonly string[];
    hours: number;
    needed: number;
  }): Words => ({
    message: {
      ko: `${f.team}의 24/7 교대를 실제로는 ${f.people.length}명이 섭니다. 한 사람이 평균 주 ${f.hours}시간입니다.`,
      en: `${f.people.length} people take the 24/7 turns of ${f.team}: ${f.hours} hours a week each on average.`,
    },
    why: {
      ko: `주 52시간 안에서는 최소 ${f.needed}명이 필요합니다. 'bongsu rota --team "${f.team}"'이 누가 언제 서면 되는지, 안 되면 왜인지 답합니다.`,
      en: `Within 52 hours a week it takes at least ${f.needed}. 'bongsu rota --team "${f.team}"' answers who could stand when, or why nobody can.`,
    },
    mend: {
      ko: `교대:\n  ${f.rotation}:\n    참여자: [${[...f.people, "…"].join(", ")}]`,
      en: `rotations:\n  ${f.rotation}:\n    participants: [${[...f.people, "…"].join(", ")}]`,
    },
  }),
  noDriver: (f: { grade: string; channel: string }): Words => ({
    message: {
      ko: `${f.grade}의 '${f.channel}' 채널은 이 버전에서 보낼 수 없습니다.`,
      en: `'${f.channel}' for ${f.grade} cannot be sent through by this version.`,
    },
    why: {
      ko: "이 채널만 기다리는 사람은 깨지 않습니다. Bongsu는 그 사람의 다음 연락처로 바로 보내고 계획에 그렇게 표시합니다.",
      en: "Whoever waits for this channel alone is not woken. Bongsu uses the person's next contact at once, and the plan says so.",
    },
    mend: {
      ko: `알림 규칙:\n  ${f.grade}:\n    채널:\n      - ${f.channel}\n      - Email   # 이 버전이 보낼 수 있는 채널을 함께`,
      en: `notifications:\n  ${f.grade}:\n    channels:\n      - ${f.channel}\n      - Email   # together with one that this version can send`,
    },
  }),
  hereMisses: (f: { grade: string }): Words => ({
    message: {
      ko: `${f.grade}의 Slack '@here'는 지금 접속해 있는 사람에게만 울립니다.`,
      en: `'@here' for ${f.grade} rings only for those who are active in Slack.`,
    },
    why: {
      ko: "퇴근 후와 새벽에는 접속한 사람이 없어 아무에게도 울리지 않을 수 있습니다.",
      en: "After hours nobody is active, so it may ring for nobody at all.",
    },
    mend: {
      ko: `알림 규칙:\n  ${f.grade}:\n    채널:\n      - Slack (@channel)`,
      en: `notifications:\n  ${f.grade}:\n    channels:\n      - Slack (@channel)`,
    },
  }),
  quietOnly: (f: { grade: string; hours: number }): Words => ({
    message: {
      ko: `${withJosa(f.grade, "은/는")} 사람을 깨우지 않는 채널로만 알리는데 기한은 ${hoursText(f.hours).ko}입니다.`,
      en: `${f.grade} is told only through channels that wake nobody, with a deadline of ${hoursText(f.hours).en}.`,
    },
    why: {
      ko: "밤에 발생하면 아침에 메일을 열 때 기한이 이미 지나 있습니다.",
      en: "If it happens at night, the deadline has passed by the time somebody opens the mail.",
    },
    mend: {
      ko: `알림 규칙:\n  ${f.grade}:\n    채널:\n      - Slack\n      - Email\n      - SMS`,
      en: `notifications:\n  ${f.grade}:\n    channels:\n      - Slack\n      - Email\n      - SMS`,
    },
  }),
  noInterval: (f: { grades: readonly { name: string; respond: number; level: number }[] }): Words => ({
    message: {
      ko: "아무도 확인하지 않을 때 언제 다음 단계로 올릴지 문서에 없습니다. 확인 기한과 단계 간격을 기본값으로 씁니다.",
      en: "When to go one level up if nobody acknowledges is nowhere in the document; defaults are taken.",
    },
    why: {
      ko: "호출을 놓친 한 사람 때문에 장애가 아침까지 방치될 수 있습니다.",
      en: "One person who slept through the page is enough for the incident to lie until the morning.",
    },
    mend: {
      ko: `에스컬레이션:\n${f.grades.map(({ name, respond, level }) => `  ${name}:\n    확인 기한: ${durationText(respond, "ko")}\n    단계 간격: ${durationText(level, "ko")}`).join("\n")}`,
      en: `escalation:\n${f.grades.map(({ name, respond, level }) => `  ${name}:\n    acknowledge within: ${durationText(respond, "en")}\n    next level every: ${durationText(level, "en")}`).join("\n")}`,
    },
  }),
  noChannelFor: (f: { step: string }): Words => ({
    message: {
      ko: `'${f.step}'에 쓸 채널과 대상이 문서에 없습니다.`,
      en: `'${f.step}' has neither a channel nor recipients in the document.`,
    },
    why: {
      ko: "장애 중에 누구에게 무엇으로 알릴지 그제야 찾게 됩니다.",
      en: "In the middle of the incident somebody has to find out whom to tell, and how.",
    },
    mend: {
      ko: `초기 대응:\n  3단계: 에스컬레이션\n    - ${f.step} (이메일, 담당 부서 메일링 리스트)`,
      en: `initial response:\n  Stage 3: Escalation\n    - ${f.step} (by email, the department's list)`,
    },
  }),
  noThreshold: (f: {
    area: string;
    items: readonly { readonly name: string; readonly proposed: Said }[];
    grade: string;
  }): Words => ({
    message: {
      ko: `${f.area}: ${f.items.map(({ name }) => name).join(", ")}의 임계치가 문서에 없습니다.`,
      en: `${f.area}: the document says no threshold for ${f.items.map(({ name }) => name).join(", ")}.`,
    },
    why: {
      ko: "Bongsu의 기본값으로 지켜봅니다(check --explain). 조직이 정한 기준이 아니므로 너무 늦거나 너무 잦을 수 있습니다.",
      en: "They are watched by Bongsu's defaults (check --explain), which nobody in the organisation decided: they may ring too late or too often.",
    },
    mend: {
      ko: `임계치:\n${f.items.map(({ name, proposed }) => `  ${name}:\n    ${f.grade}: ${proposed.ko}`).join("\n")}`,
      en: `thresholds:\n${f.items.map(({ name, proposed }) => `  ${name}:\n    ${f.grade}: ${proposed.en}`).join("\n")}`,
    },
  }),
  unknownItem: (f: { item: string; area: string; quantities: readonly Said[] }): Words => ({
    message: {
      ko: `${withJosa(`'${f.item}'`, "이/가")} 무엇을 재는 항목인지 알 수 없어 기본으로 지켜보지 못합니다.`,
      en: `Nobody can tell what '${f.item}' measures, so nothing watches it by default.`,
    },
    why: {
      ko: "문서에는 지켜본다고 되어 있지만 고장 나도 경보가 울리지 않습니다. 아는 이름으로 고치거나 모니터를 직접 만드십시오.",
      en: "The document says that it is watched, and nothing rings when it breaks. Name it as something that is known, or make a monitor.",
    },
    mend: {
      ko: `모니터링 항목:\n  ${f.area}:\n    - ${f.quantities[0]?.ko ?? ""}   # 또는 ${f.quantities.map(({ ko }) => ko).join(", ")}`,
      en: `monitoring:\n  ${f.area}:\n    - ${f.quantities[0]?.en ?? ""}   # or ${f.quantities.map(({ en }) => en).join(", ")}`,
    },
  }),
  noMembers: (f: { team: string }): Words => ({
    message: { ko: `${f.team}에 사람이 없습니다.`, en: `${f.team} has nobody in it.` },
    why: {
      ko: "이 팀으로 올린 장애는 다음 팀으로 그냥 넘어갑니다.",
      en: "What is escalated to this team falls through to the next.",
    },
    mend: {
      ko: `팀:\n  ${f.team}:\n    구성원:\n      운영자: [담당자 id]`,
      en: `teams:\n  ${f.team}:\n    members:\n      operator: [person id]`,
    },
  }),
  tooFew: (f: { team: string; role: string; count: number; have: number }): Words => ({
    message: {
      ko: `${f.team}에는 ${f.role} ${f.count}명이 있어야 하는데 명부에는 ${f.have}명입니다.`,
      en: `${f.team} needs ${f.count} (${f.role}); the roster has ${f.have}.`,
    },
    why: {
      ko: "문서가 약속한 인원이 없어 한 사람만 못 받아도 팀이 빕니다.",
      en: "The people whom the document promises are not there; one who cannot answer empties the team.",
    },
    mend: {
      ko: `팀:\n  ${f.team}:\n    구성원:\n      ${f.role}: [${Array.from({ length: f.count }, (_, index) => `담당자${index + 1}`).join(", ")}]`,
      en: `teams:\n  ${f.team}:\n    members:\n      ${f.role}: [${Array.from({ length: f.count }, (_, index) => `person${index + 1}`).join(", ")}]`,
    },
  }),
  unknownRecipient: (f: { grade: string; name: string }): Words => ({
    message: {
      ko: `${f.grade}의 알림 대상 '${f.name}'에 해당하는 사람이 명부에 없습니다.`,
      en: `Nobody in the roster is '${f.name}', a recipient of ${f.grade}.`,
    },
    why: {
      ko: "문서에 이름이 있어도 아무도 받지 않습니다.",
      en: "The name stands in the document and nobody gets the page.",
    },
    mend: {
      ko: `사람:\n  담당자id:\n    이름: …\n    직책: ${f.name}\n# 또는\n그룹:\n  ${f.name}: [담당자id]`,
      en: `people:\n  person-id:\n    name: …\n    title: ${f.name}\n# or\ngroups:\n  ${f.name}: [person-id]`,
    },
  }),
  unreachable: (f: { person: string; id: string; grade: string }): Words => ({
    message: {
      ko: `${f.grade}의 ${f.person}에게 닿을 수 있는 채널이 하나도 없습니다.`,
      en: `${f.person} (${f.grade}) cannot be reached through any channel.`,
    },
    why: {
      ko: "이 사람의 차례에 온 호출은 다음 사람에게 넘어갑니다.",
      en: "A page that is theirs to take goes on to the next.",
    },
    mend: {
      ko: `사람:\n  ${f.id}:\n    연락처: { email: …, slack: U…, phone: 010-… }   # 설정된 채널의 주소`,
      en: `people:\n  ${f.id}:\n    contacts: { email: …, slack: U…, phone: +82… }   # for a channel that is set up`,
    },
  }),
  contactMissing: (f: { person: string; id: string; grade: string; channels: readonly string[] }): Words => ({
    message: {
      ko: `${withJosa(f.grade, "은/는")} ${withJosa(f.channels.map((kind) => channelName(kind).ko).join(", "), "으로/로")} 알리는데 ${f.person}의 연락처에 없습니다.`,
      en: `${f.grade} is told by ${f.channels.map((kind) => channelName(kind).en).join(", ")}, for which ${f.person} has no address.`,
    },
    why: {
      ko: "문서가 요구한 방법으로는 이 사람을 부를 수 없습니다.",
      en: "This person cannot be paged in the way the document demands.",
    },
    mend: {
      ko: `사람:\n  ${f.id}:\n    연락처: { ${f.channels.map((kind) => `${kind}: …`).join(", ")} }`,
      en: `people:\n  ${f.id}:\n    contacts: { ${f.channels.map((kind) => `${kind}: …`).join(", ")} }`,
    },
  }),
  notSetUp: (f: { channel: string }): Words => ({
    message: {
      ko: `${channelName(f.channel).ko} 채널의 설정이 명부에 없습니다.`,
      en: `${channelName(f.channel).en} is not set up in the roster.`,
    },
    why: {
      ko: "이 채널로 보낼 호출은 모두 다른 연락처로 넘어갑니다.",
      en: "Every page for it goes to another contact.",
    },
    mend: {
      ko: `채널:\n  ${f.channel}: ${settingsText(f.channel)}`,
      en: `channels:\n  ${f.channel}: ${settingsText(f.channel)}`,
    },
  }),
  brokenRule: (f: { id: string; title: Said; text: Said }): Words => ({
    message: {
      ko: `모니터 ${f.id}(${f.title.ko}): ${f.text.ko}`,
      en: `The monitor ${f.id} (${f.title.en}): ${f.text.en}`,
    },
    why: {
      ko: "지켜보는 것처럼 보이지만 실제로는 아무도 부르지 않거나, 늘 불러서 아무도 보지 않게 됩니다.",
      en: "It looks as if something were watched, and it calls nobody, or calls all the time until nobody looks.",
    },
    mend: {
      ko: "임계치를 고치고, 저장하기 전에 지난주였다면 언제 울렸을지 미리 보십시오.",
      en: "Mend the threshold, and see before saving when it would have fired last week.",
    },
  }),
  unknownDependency: (f: { service: string; name: string; meant: string | undefined }): Words => ({
    message: {
      ko: `서비스 '${f.service}'이(가) 의존한다는 '${f.name}'이(가) 아무 데도 없습니다.${f.meant === undefined ? "" : ` '${f.meant}'을(를) 뜻하셨습니까?`}`,
      en: `The service '${f.service}' is said to depend on '${f.name}', and nothing is called that.${f.meant === undefined ? "" : ` Did you mean '${f.meant}'?`}`,
    },
    why: {
      ko: "이름이 다르면 연쇄 억제가 일어나지 않아, 원인 하나에 서비스마다 따로 호출합니다.",
      en: "With another name nothing is inhibited: one cause pages once for each service.",
    },
    mend: {
      ko:
        f.meant === undefined
          ? "호스트 이름이 맞으면 그대로 두고, 아니면 서비스나 호스트의 이름을 그대로 적으십시오."
          : `의존: [${f.meant}]`,
      en:
        f.meant === undefined
          ? "Leave it if it is the name of a host; else write the name of the service or host as it is."
          : `depends on: [${f.meant}]`,
    },
  }),
  serviceGrade: (f: { service: string; grade: string; known: readonly string[] }): Words => ({
    message: {
      ko: `서비스 '${f.service}'의 등급 '${f.grade}'이(가) 정책에 없습니다.`,
      en: `The grade '${f.grade}' of the service '${f.service}' is not in the policy.`,
    },
    why: {
      ko: "심각도를 모르는 경보는 이 설정 대신 두 번째 등급이 됩니다.",
      en: "Alerts of unknown severity get the second grade instead.",
    },
    mend: {
      ko: `서비스:\n  ${f.service}:\n    등급: ${f.known.join(" | ")}`,
      en: `services:\n  ${f.service}:\n    grade: ${f.known.join(" | ")}`,
    },
  }),
  noAdmin: (): Words => ({
    message: {
      ko: "Bongsu 자체에 문제가 생겼을 때 알릴 관리자가 없습니다.",
      en: "There is no administrator to tell when Bongsu itself is in trouble.",
    },
    why: { ko: "감시자가 멈춘 것을 아무도 모릅니다.", en: "Nobody learns that the watcher has stopped." },
    mend: { ko: "사람:\n  담당자id:\n    관리자: true", en: "people:\n  person-id:\n    admin: true" },
  }),
  defaultOf: (f: { code: string; value: string }): Said => {
    const name = DEFAULTS[f.code] ?? { ko: f.code, en: f.code };
    return { ko: `${name.ko}: ${valueText(f, "ko")}`, en: `${name.en}: ${valueText(f, "en")}` };
  },
} as const;

const DEFAULTS: Readonly<Record<string, Said>> = {
  "timing.respondWithin": { ko: "확인 기한", en: "acknowledge within" },
  "timing.repeatEvery": { ko: "재호출 간격", en: "page again every" },
  "timing.reminders": { ko: "재알림 시점 (확인 기한의)", en: "remind at (of the deadline)" },
  "timing.levelEvery": { ko: "단계 간격", en: "next level every" },
  "timing.stalled": { ko: "방치 기준", en: "stalled after" },
  watchHarder: { ko: "강화 감시 (해결 뒤)", en: "watch harder (after it is resolved)" },
  stormAfter: {
    ko: "폭주 기준 (1분 안에 장애를 여는 서비스)",
    en: "storm after (services with an incident within a minute)",
  },
  reopenWithin: { ko: "재개 기준 (해결 뒤 다시 발생)", en: "reopened when it fires again within" },
};

const SETTINGS: Readonly<Record<string, string>> = {
  email: "{ host: smtp.example.com, from: bongsu@example.com }",
  slack: "{ token: { env: BONGSU_SLACK_TOKEN }, room: C0123456789 }",
  webhook: "{ secret: { env: BONGSU_SECRET_WEBHOOK } }",
};

/** Settings of a channel to begin with, as a roster file has them. */
export function settingsText(channel: string): string {
  return SETTINGS[channel] ?? "{ … }";
}

function valueText({ code, value }: { code: string; value: string }, locale: "ko" | "en"): string {
  if (value === "never") return locale === "ko" ? "없음" : "never";
  if (code === "timing.reminders")
    return value
      .split(",")
      .map((fraction) => `${Math.round(Number(fraction) * 100)}%`)
      .join(", ");
  if (code === "stormAfter") return locale === "ko" ? `${value}곳` : value;
  if (code === "watchHarder") {
    const [, grade = "", length = ""] = /^(.*) (\d+)$/su.exec(value) ?? [];
    return `${grade} ${durationText(Number(length), locale)}`;
  }
  return durationText(Number(value), locale);
}

function hoursText(hours: number): Said {
  return { ko: durationText(hours * 3_600_000, "ko"), en: durationText(hours * 3_600_000, "en") };
}
