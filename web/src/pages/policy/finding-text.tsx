import type { ReactNode } from "react";
import { Link } from "wouter";
import type { WireFinding } from "../../../../src/http/wire/policy.ts";
import { Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./finding-text.module.css";
import { words } from "./words.ts";

export const LEVEL_TONES = { error: "bad", warning: "warn", info: "info" } as const;

/** Where in the settings the facts are that a finding misses. */
const PLACES: Readonly<Record<string, "people" | "teams" | "channels" | "services">> = {
  "channel-not-set-up": "channels",
  "reaches-nobody": "channels",
  "team-without-members": "teams",
  "too-few-people": "teams",
  "gap-in-duty": "teams",
  "falls-through": "teams",
  "unknown-recipient": "people",
  "person-unreachable": "people",
  "contact-missing": "people",
  "no-admin": "people",
  "service-grade-unknown": "services",
};

/** A finding: how bad, what, why it matters at 3 a.m., and what would mend it. */
export function FindingText({
  finding,
  head,
  children,
}: {
  readonly finding: WireFinding;
  /** What stands beside its level: where it is. */
  readonly head?: ReactNode;
  readonly children?: ReactNode;
}) {
  const w = useWords(words);
  const place = PLACES[finding.code];
  return (
    <div className={styles.finding}>
      <div className={styles.head}>
        <Chip tone={LEVEL_TONES[finding.level]} icon={finding.level === "info" ? "info" : "warn"}>
          {w.levels[finding.level]}
        </Chip>
        {head}
      </div>
      <p className={styles.message}>{finding.message}</p>
      <p className={styles.why}>
        <strong>{w.why}</strong> {finding.why}
      </p>
      {children ?? (
        <details className={styles.mend}>
          <summary>{w.mend}</summary>
          <pre>{finding.mend}</pre>
        </details>
      )}
      {place !== undefined && (
        <p>
          <Link href={`/settings/${place}`}>{w.openSettings[place]}</Link>
        </p>
      )}
    </div>
  );
}
