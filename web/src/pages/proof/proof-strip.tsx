import { useId } from "react";
import type { ShownReachProof } from "../../../../src/http/wire/proof.ts";
import { GradeMark } from "../../kit/marks.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import styles from "./proof-strip.module.css";
import { monthsOf, runsOf } from "./runs.ts";
import { words } from "./words.ts";

/** From the best to the worst; the first is not drawn. */
const LETTERS = ["s", "u", "f", "l", "n"] as const;
const HEIGHT = 10;
/** A single bad day is no thinner than this many days: it has to be seen. */
const THINNEST = 2.5;

/** The twelve months of each grade, a day at a time: what is wrong stands out by colour, height and hatching. */
export function ProofStrip({ proof }: { readonly proof: ShownReachProof }) {
  const w = useWords(words);
  const locale = useLocale();
  const id = useId();
  const days = proof.grades[0]?.days.length ?? 0;
  const months = monthsOf(proof.from, days, proof.zone);
  const name = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  const seen = LETTERS.filter((letter) => proof.grades.some((grade) => grade.days.includes(letter)));
  return (
    <figure className={styles.figure}>
      <div className={styles.rows}>
        {proof.grades.map(({ grade, rank, days: letters }) => {
          const runs = runsOf(letters);
          const counts = [".", ...seen]
            .map((letter) => ({ letter, count: Array.from(letters).filter((one) => one === letter).length }))
            .filter(({ count }) => count > 0)
            .map(({ letter, count }) => w.stripCount(w.letters[letter] ?? letter, count));
          return (
            <div key={grade} className={styles.row}>
              <GradeMark grade={grade} rank={rank} />
              <svg
                className={styles.strip}
                viewBox={`0 0 ${days} ${HEIGHT}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={w.stripOf(grade, counts.join(", "))}
              >
                <defs>
                  <pattern id={`${id}-hatch`} width="3" height="3" patternUnits="userSpaceOnUse">
                    <path d="M0 3 3 0" className={styles.hatch} />
                  </pattern>
                </defs>
                <rect width={days} height={HEIGHT} className={styles.good} />
                {runs
                  .filter(({ letter }) => letter !== ".")
                  .map(({ letter, start, length }) => {
                    const width = Math.max(length, THINNEST);
                    const x = Math.min(start, days - width);
                    const low = letter === "s" || letter === "u";
                    const box = { x, width, y: low ? HEIGHT * 0.6 : 0, height: low ? HEIGHT * 0.4 : HEIGHT };
                    return (
                      <g key={start}>
                        <rect {...box} className={styles[letter]} />
                        {!low && <rect {...box} fill={`url(#${id}-hatch)`} />}
                      </g>
                    );
                  })}
                {months.map(({ at }) => (
                  <path key={at} d={`M${at} 0V${HEIGHT}`} className={styles.month} />
                ))}
              </svg>
            </div>
          );
        })}
        <div className={styles.row} aria-hidden="true">
          <span />
          <div className={styles.axis}>
            {months.map(({ at, month }) => (
              <span key={at} style={{ left: `${(at / days) * 100}%` }}>
                {name.format(Date.UTC(2026, month - 1, 15))}
              </span>
            ))}
          </div>
        </div>
      </div>
      {seen.length > 0 && (
        <figcaption className={styles.legend}>
          <span className="unseen">{w.legend}</span>
          {seen.map((letter) => (
            <span key={letter} className={styles.key}>
              <span className={`${styles.swatch} ${styles[`swatch-${letter}`]}`} aria-hidden="true" />
              {w.letters[letter]}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}
