/**
 * A phone number as it is stored (E.164), from how people write it: `010 1234 5678`, `+82-10-1234-5678`, `02-123-4567`.
 * Without a country code it is a Korean one. Numbers that nobody can be reached at (112, 1588-…) are none.
 */
export function e164(text: string): string | undefined {
  const digits = text.replace(/[\s().-]/gu, "");
  if (/^\+[1-9]\d{7,14}$/u.test(digits)) return digits.replace(/^\+820/u, "+82");
  // 전기통신번호관리세칙: mobile 01x, area 02 to 064, internet 070, personal 050x; eight digits without 0 are company numbers.
  if (/^01[016789]\d{7,8}$/u.test(digits)) return `+82${digits.slice(1)}`;
  if (/^(02|0[3-6]\d|070|050\d)\d{7,8}$/u.test(digits)) return `+82${digits.slice(1)}`;
  return undefined;
}

/** `company`: 1588-… rings at a switchboard. `emergency`: 112, 119. `old-mobile`: 011 and the like, whose network is gone. */
export type PhoneTrouble = "company" | "emergency" | "unreadable" | "old-mobile";

/** What is to be said of a number before somebody relies on it; undefined where nothing is. */
export function phoneTrouble(text: string): PhoneTrouble | undefined {
  const digits = text.replace(/[\s().-]/gu, "");
  if (/^1[5-8]\d{6}$/u.test(digits)) return "company";
  if (/^1\d{2}$/u.test(digits)) return "emergency";
  const number = e164(text);
  if (number === undefined) return "unreadable";
  return /^\+821[16789]\d{7,8}$/u.test(number) ? "old-mobile" : undefined;
}
