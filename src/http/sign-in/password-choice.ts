import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, passwordProblem } from "../../access/password-rules.ts";
import { Fault } from "../../fault/fault.ts";

/** Read when the first password is set: half a megabyte that a server at rest has no use for. */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
}

let known: Promise<ReadonlySet<string>> | undefined;

/** Fault `password-refused` that says why, where a password is too easily guessed. */
export async function demandGoodPassword(password: string, login: string): Promise<void> {
  known ??= commonPasswords();
  const common = await known;
  const because = passwordProblem(password, { login, isCommon: (text) => common.has(text) });
  if (because === undefined) return;
  throw new Fault("password-refused", { because, min: PASSWORD_LENGTH_MIN, max: PASSWORD_LENGTH_MAX });
}
