import type { Instant } from "../time/instant.ts";
import { momentText } from "./reach-proof.ts";
import type { Said } from "./said.ts";

/** What the administrators are told of a hole in the reach. */
export const reachAlarm = {
  title: (f: { because: "new" | "changed" | "near" | "still"; at: Instant; isNow: boolean; zone: string }): Said => {
    const when = f.isNow
      ? { ko: "지금", en: "now" }
      : { ko: `${momentText(f.at, f.zone, "ko")}부터`, en: `from ${momentText(f.at, f.zone, "en")}` };
    return {
      ko: `${PREFIX[f.because].ko}: ${when.ko} 호출이 약속대로 닿지 않습니다`,
      en: `${PREFIX[f.because].en}: ${when.en} pages do not reach whom they should`,
    };
  },
  detail: (f: { message: Said; why: Said; link: string }): Said => ({
    ko: `${f.message.ko}\n${f.why.ko}\n정확한 시간과 고치는 글: ${f.link}`,
    en: `${f.message.en}\n${f.why.en}\nThe exact times and what mends it: ${f.link}`,
  }),
  mendedTitle: (): Said => ({ ko: "도달 공백이 메워졌습니다", en: "A hole in the reach is mended" }),
  mendedDetail: (f: { what: Said }): Said => ({
    ko: `앞서 알린 공백이 없어졌습니다: ${f.what.ko}`,
    en: `What you were told of is gone: ${f.what.en}`,
  }),
} as const;

const PREFIX: Readonly<Record<"new" | "changed" | "near" | "still", Said>> = {
  new: { ko: "도달 공백", en: "Hole in the reach" },
  changed: { ko: "도달 공백이 늘었음", en: "Hole in the reach has grown" },
  near: { ko: "도달 공백이 다가옴", en: "Hole in the reach is near" },
  still: { ko: "도달 공백이 그대로임", en: "Hole in the reach is still there" },
};
