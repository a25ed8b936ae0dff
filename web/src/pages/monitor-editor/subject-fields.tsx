import { useId } from "react";
import { useLocale, useWords } from "../../words/locale.tsx";
import { MatcherEditor } from "../muting/matcher-editor.tsx";
import { MatcherList } from "../muting/matcher-list.tsx";
import { matcher, written } from "../muting/matchers.ts";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { MetricPart } from "./metric-part.tsx";
import { ChoicePart, Problems, Sentence, TextPart } from "./parts.tsx";
import { FORMS } from "./rule-draft.ts";
import { type KnownMetric, type SeriesThere, useSeriesThere } from "./use-metrics.ts";
import { words } from "./words.ts";
import { readLength, writeLength } from "./written-value.ts";

/** Of one label no more of its values are put at hand: the field knows all of them. */
const AT_HAND_MAX = 4;

/** What is watched: the metric, what is made of its last minutes, and of which series. */
export function SubjectFields({
  draft,
  onChange,
  onMetric,
  problem,
  isFixed,
}: FieldsProps & { readonly onMetric: (metric: KnownMetric) => void }) {
  const { form: w } = useWords(words);
  const locale = useLocale();
  const described = useId();
  const all = useSeriesThere(draft.metric, []);
  const fitting = useSeriesThere(draft.metric, draft.matchers);
  const tidy = (text: string): string | undefined => {
    const length = readLength(text);
    return length === undefined ? undefined : writeLength(length, locale);
  };
  return (
    <>
      <Sentence
        text={draft.form === "percentile" ? w.subjectPercentile : w.subject}
        slots={{
          metric: (
            <MetricPart
              metric={draft.metric}
              isWrong={problem("metric") !== undefined}
              described={described}
              onChoose={onMetric}
            />
          ),
          window: (
            <TextPart
              label={w.window}
              value={draft.window}
              isWrong={problem("window") !== undefined}
              described={described}
              tidy={tidy}
              onChange={(window) => onChange({ window })}
            />
          ),
          percentile: (
            <TextPart
              label={w.percentile}
              value={draft.percentile}
              isWrong={problem("percentile") !== undefined}
              described={described}
              onChange={(percentile) => onChange({ percentile })}
            />
          ),
          form: (
            <ChoicePart
              label={w.formName}
              value={draft.form}
              options={FORMS.map((form) => [form, w.forms[form]])}
              onChange={(form) => onChange({ form })}
            />
          ),
        }}
      />
      <Problems id={described} texts={[problem("metric"), problem("window"), problem("percentile")]} />
      {draft.metric !== "" && (
        <details className={styles.which} open={draft.matchers.length > 0}>
          <summary>
            {w.which} <CountText all={all} fitting={fitting} isNarrowed={written(draft.matchers).length > 0} />
          </summary>
          <p className={styles.quiet}>{w.whichAll}</p>
          {isFixed ? (
            <MatcherList matchers={draft.matchers} />
          ) : (
            <MatcherEditor
              matchers={draft.matchers}
              others={atHand(all)}
              othersName={w.known}
              values={all.values}
              onChange={(matchers) => onChange({ matchers })}
            />
          )}
        </details>
      )}
    </>
  );
}

function CountText({
  all,
  fitting,
  isNarrowed,
}: {
  readonly all: SeriesThere;
  readonly fitting: SeriesThere;
  readonly isNarrowed: boolean;
}) {
  const { form: w } = useWords(words);
  const count = isNarrowed ? fitting.count : all.count;
  if (count === undefined) return null;
  return (
    <span className={styles.quiet} role="status">
      {isNarrowed ? (count === 0 ? w.whichNone : w.whichCount(count)) : w.whichNow(count)}
    </span>
  );
}

function atHand({ values }: SeriesThere) {
  return [...values].flatMap(([name, known]) =>
    known.length <= AT_HAND_MAX ? known.slice(0, 1).map((value) => matcher(name, value)) : [],
  );
}
