import { durationText } from "../locale/page.ts";
import type { Locale, Said } from "../locale/said.ts";
import { unitOf } from "../metric/metric.ts";
import { DEFAULT_RULES, type DefaultRule } from "./default-rules.ts";
import { quantityNamed } from "./quantity.ts";
import { lineText } from "./words.ts";

/**
 * A threshold to write for an item, as a document writes it: what Bongsu's own rule says at its mildest. Undefined where
 * nobody knows what the item measures.
 */
export function proposedThreshold(item: string, area: string): Said | undefined {
  const quantity = quantityNamed(item, area);
  const rule = DEFAULT_RULES.find((one) => quantity !== undefined && one.quantity === quantity.kind && one.principal);
  return rule === undefined ? undefined : { ko: proposal(rule, "ko"), en: proposal(rule, "en") };
}

function proposal(rule: DefaultRule, locale: Locale): string {
  const [line] = rule.lines.toSorted((one, other) => other.rank - one.rank);
  if (line === undefined) {
    const hold = durationText(rule.baseline?.hold ?? 900_000, locale);
    return locale === "ko" ? `평소와 다름 ${hold}` : `different from usual for ${hold}`;
  }
  const hold = durationText(line.hold, locale);
  if (line.bound === 1 && line.when === "below") return locale === "ko" ? `중지 ${hold}` : `down for ${hold}`;
  const text = lineText(line, unitOf(rule.metric), locale);
  return locale === "ko" ? `${text} ${hold}` : `${text} for ${hold}`;
}
