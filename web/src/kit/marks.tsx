import type { ReactNode } from "react";
import { useWords } from "../words/locale.tsx";
import { words } from "../words/words.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./marks.module.css";

/** The shapes of the grades, most severe first: octagon, triangle, circle. Shape, letter, word and colour say the same. */
const SHAPES = ["M8 2h8l6 6v8l-6 6H8l-6-6V8z", "M12 2 23 21H1z", "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z"] as const;

/** An incident's grade. `rank` 0 is the most severe. */
export function GradeMark({
  grade,
  rank,
  size = "normal",
}: {
  readonly grade: string;
  readonly rank: number;
  readonly size?: "normal" | "big" | "shape";
}) {
  const place = Math.min(rank, SHAPES.length - 1);
  const px = size === "big" ? 28 : 20;
  return (
    <span className={`${styles.grade} ${styles[`grade${place}`]} ${size === "big" ? styles.big : ""}`}>
      <svg viewBox="0 0 24 24" width={px} height={px} aria-hidden="true" style={{ flex: "none" }}>
        <path d={SHAPES[place]} fill="currentColor" />
        <text x="12" y={place === 1 ? 18.5 : 16.8} textAnchor="middle" className={styles.letter}>
          {grade.slice(0, 1).toUpperCase()}
        </text>
      </svg>
      {size === "shape" ? <span className="unseen">{grade}</span> : grade}
    </span>
  );
}

const STATE_ICONS = { triggered: "warn", acknowledged: "hand", resolved: "check", closed: "check" } as const;

export function StateMark({ state }: { readonly state: keyof typeof STATE_ICONS }) {
  const { states } = useWords(words);
  return (
    <Chip tone={state === "triggered" ? "bad" : state === "acknowledged" ? "warn" : "good"} icon={STATE_ICONS[state]}>
      {states[state]}
    </Chip>
  );
}

/** A small labelled fact. */
export function Chip({
  tone = "plain",
  icon,
  title,
  children,
}: {
  readonly tone?: "plain" | "good" | "warn" | "bad" | "info";
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className={`${styles.chip} ${styles[tone]}`} {...(title === undefined ? {} : { title })}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

/** A channel by its icon and name. */
export function ChannelMark({ channel }: { readonly channel: string }) {
  const { channels } = useWords(words);
  const known = channel in channels;
  return (
    <span className={styles.channel}>
      <Icon name={known && channel !== "loopback" ? (channel as IconName) : "send"} size={16} />
      {known ? channels[channel as keyof typeof channels] : channel}
    </span>
  );
}
