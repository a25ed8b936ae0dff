import type { Policy } from "../policy/policy.ts";
import type { Service } from "../roster/roster.ts";
import { wordsOfTopGrade } from "./grade-of.ts";
import { matches } from "./matchers.ts";
import type { Matcher } from "./silence.ts";

/**
 * Whether these matchers may mute an alert of the most severe grade: unless they ask for a severity that gives another
 * one, they may. Better to ask once too often than to find out at night.
 */
export function mayMuteTopGrade(matchers: readonly Matcher[], policy: Policy, services: readonly Service[]): boolean {
  const ofSeverity = matchers.filter(({ name }) => name === "severity");
  if (ofSeverity.length === 0) return true;
  return wordsOfTopGrade(policy, services).some((word) => matches(ofSeverity, word === "" ? {} : { severity: word }));
}
