import { useState } from "react";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Loaded } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import { type KnownMetric, useMetricNames } from "./use-metrics.ts";
import { words } from "./words.ts";

const SHOWN_MAX = 60;

/** The metric in a sentence, by its title; pressing it opens the list of all. */
export function MetricPart({
  metric,
  isWrong,
  described,
  onChoose,
}: {
  readonly metric: string;
  readonly isWrong: boolean;
  readonly described: string;
  readonly onChoose: (metric: KnownMetric) => void;
}) {
  const { form: w, picker } = useWords(words);
  const [isOpen, setOpen] = useState(false);
  const names = useMetricNames();
  const title = names.data?.metrics.find((one) => one.metric === metric)?.title ?? metric;
  return (
    <>
      <button
        type="button"
        className={styles.metric}
        data-wrong={isWrong}
        aria-haspopup="dialog"
        {...(isWrong ? { "aria-describedby": described } : {})}
        onClick={() => setOpen(true)}
      >
        <span className="unseen">{w.metric}: </span>
        {metric === "" ? w.chooseMetric : title} <Icon name="down" size={14} />
      </button>
      {isOpen && (
        <Dialog title={picker.title} onClose={() => setOpen(false)} wide>
          <Loaded query={names}>
            {({ metrics }) => (
              <Choices
                metrics={metrics}
                chosen={metric}
                onChoose={(one) => {
                  setOpen(false);
                  onChoose(one);
                }}
              />
            )}
          </Loaded>
        </Dialog>
      )}
    </>
  );
}

function Choices({
  metrics,
  chosen,
  onChoose,
}: {
  readonly metrics: readonly KnownMetric[];
  readonly chosen: string;
  readonly onChoose: (metric: KnownMetric) => void;
}) {
  const { picker: w } = useWords(words);
  const [text, setText] = useState("");
  const wanted = text.normalize("NFC").trim().toLowerCase();
  const found = metrics
    .filter(({ metric, title }) => `${metric} ${title}`.toLowerCase().includes(wanted))
    // What is measured here first.
    .sort((one, other) => Number(other.series > 0) - Number(one.series > 0));
  return (
    <>
      <Field label={w.search}>
        {(ids) => (
          <input
            {...ids}
            type="search"
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <ul className={styles.metrics}>
        {found.slice(0, SHOWN_MAX).map((one) => (
          <li key={one.metric}>
            <button
              type="button"
              className={styles.oneMetric}
              aria-pressed={one.metric === chosen}
              onClick={() => onChoose(one)}
            >
              <span className={styles.metricTitle}>{one.title}</span>
              <code>{one.metric}</code>
              <span className={styles.quiet}>
                {w.units[one.unit]} · {w.series(one.series)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.quiet}>{w.none}</p>}
      {found.length > SHOWN_MAX && <p className={styles.quiet}>{w.more(found.length - SHOWN_MAX)}</p>}
    </>
  );
}
