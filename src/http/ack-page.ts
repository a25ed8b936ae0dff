import type { Locale, Said } from "../locale/said.ts";

const said = {
  title: { ko: "장애 확인", en: "Acknowledge" },
  press: { ko: "확인했습니다", en: "I am on it" },
  explain: {
    ko: "누르면 호출이 멈추고 담당자로 기록됩니다.",
    en: "Pressing it stops the paging and records you as the one who took it.",
  },
  done: { ko: "확인되었습니다. 기록되었습니다.", en: "Acknowledged and recorded." },
  already: { ko: "이미 다른 분이 확인했습니다", en: "Somebody else has taken it already" },
  over: { ko: "이미 해결된 장애입니다.", en: "This incident is over." },
  test: {
    explain: {
      ko: "누르면 이 연락처로 호출이 닿는 것으로 기록됩니다. 실제 장애가 아닙니다.",
      en: "Pressing it records that pages reach you here. This is not an incident.",
    },
    done: {
      ko: "시험 호출을 확인했습니다. 이 연락처로 호출이 닿습니다.",
      en: "The test page is acknowledged: pages reach you here.",
    },
  },
  /** In a room everybody can press it: it says that the room works, and proves nobody's contact. */
  roomTest: {
    explain: {
      ko: "누르면 시험 호출이 이 방에 도착한 것으로 기록됩니다. 누구나 누를 수 있어 개인 연락처의 입증은 되지 않습니다. 실제 장애가 아닙니다.",
      en: "Pressing it records that the test page came to this room. Anybody here can, so it proves nobody's own contact. This is not an incident.",
    },
    done: {
      ko: "시험 호출이 이 방에 도착했습니다. 개인 연락처는 코드나 버튼으로 확인하십시오.",
      en: "The test page came to this room. Verify your own contact by a code or by the button.",
    },
  },
  gone: {
    ko: "쓸 수 없는 링크입니다(만료되었거나 이미 쓰였거나 주소가 잘렸습니다). 최신 호출의 링크를 쓰거나 명령행에서 확인하십시오: bongsu incident ack",
    en: "This link cannot be used (expired, used already, or cut short). Use the link of the newest page, or the command line: bongsu incident ack",
  },
} as const satisfies Record<string, Said | Record<string, Said>>;

/** Whom a test page was sent to. */
type TestOf = "person" | "room";
const TESTS = { person: said.test, room: said.roomTest } as const;

export type AckPage =
  | {
      readonly is: "ask";
      readonly action: string;
      readonly headline: string;
      readonly lines: readonly string[];
      readonly test?: TestOf;
    }
  | { readonly is: "done"; readonly headline: string; readonly test?: TestOf }
  | { readonly is: "already"; readonly headline: string; readonly by: string }
  | { readonly is: "over"; readonly headline: string }
  | { readonly is: "gone" };

/** One page, one button, no script, a few kilobytes: for a phone on a bad line at 3 a.m. */
export function ackPage(page: AckPage, locale: Locale): string {
  const body =
    page.is === "ask"
      ? `<h1>${escaped(page.headline)}</h1>${page.lines.map((line) => `<p>${escaped(line)}</p>`).join("")}
<form method="post" action="${escaped(page.action)}"><button type="submit">${said.press[locale]}</button></form><p class="small">${(page.test === undefined ? said.explain : TESTS[page.test].explain)[locale]}</p>`
      : page.is === "gone"
        ? `<h1>${said.title[locale]}</h1><p>${said.gone[locale]}</p>`
        : `<h1>${escaped(page.headline)}</h1><p class="said">${escaped(wordsFor(page, locale))}</p>`;
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${said.title[locale]} · Bongsu</title>
<style>${STYLE}</style></head>
<body><main>${body}</main></body></html>`;
}

function wordsFor(page: Extract<AckPage, { is: "done" | "already" | "over" }>, locale: Locale): string {
  if (page.is === "already") return `${said.already[locale]}: ${page.by}`;
  if (page.is === "over") return said.over[locale];
  return (page.test === undefined ? said.done : TESTS[page.test].done)[locale];
}

const STYLE = `:root{color-scheme:light dark;--ink:#1a1a1a;--ground:#fff;--quiet:#555;--act:#b42318}
@media(prefers-color-scheme:dark){:root{--ink:#f2f2f2;--ground:#161616;--quiet:#b3b3b3;--act:#c9362a}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:18px/1.5 system-ui,"Apple SD Gothic Neo","Malgun Gothic","NanumGothic",sans-serif}
main{max-width:36rem;margin:0 auto;padding:1.5rem 1rem 3rem;min-height:100vh;display:flex;flex-direction:column;gap:.5rem}
h1{font-size:1.5rem;line-height:1.3;margin:0;overflow-wrap:anywhere}p{margin:0;overflow-wrap:anywhere}form{margin-top:auto;padding-top:2rem}
button{width:100%;min-height:4rem;font:inherit;font-size:1.4rem;font-weight:700;color:#fff;background:var(--act);border:0;border-radius:.75rem;cursor:pointer}
button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}.small{color:var(--quiet);font-size:.95rem}.said{font-size:1.25rem}`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
