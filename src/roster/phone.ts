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
