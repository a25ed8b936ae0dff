/** NIST SP 800-63B: a length and a list of what everybody uses; no rules on composition, which make passwords worse. */
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 200;

export type PasswordProblem = "too-short" | "too-long" | "common" | "like-login";

/** The same password however the keyboard composed it: macOS and Linux differ in the Hangul that they send. */
export function normalPassword(text: string): string {
  return text.normalize("NFC");
}

/** Why that password is refused for that login; undefined where it is good. */
export function passwordProblem(
  password: string,
  facts: { readonly login: string; readonly isCommon: (text: string) => boolean },
): PasswordProblem | undefined {
  const text = normalPassword(password);
  const length = Array.from(text).length;
  if (length < PASSWORD_LENGTH_MIN) return "too-short";
  if (length > PASSWORD_LENGTH_MAX) return "too-long";
  const small = text.toLowerCase();
  const login = facts.login.toLowerCase();
  if (small === login || small === login.split("@")[0] || repeats(small, login)) return "like-login";
  if (facts.isCommon(small) || new Set(small).size < 4) return "common";
  return undefined;
}

/** `kimkimkim` of kim. */
function repeats(text: string, login: string): boolean {
  return login.length > 0 && text.length % login.length === 0 && text === login.repeat(text.length / login.length);
}
