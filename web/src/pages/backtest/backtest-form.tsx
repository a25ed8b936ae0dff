import type { ReactNode } from "react";
import { Field, Tick } from "../../kit/field.tsx";
import { Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { Choice } from "../simulate/choice.tsx";
import styles from "./backtest-form.module.css";
import { HistoryFile } from "./history-file.tsx";
import { PeopleFields } from "./people-fields.tsx";
import { SideFields } from "./side-fields.tsx";
import type { BacktestWish } from "./wish.ts";
import { words } from "./words.ts";

export type FieldsProps = {
  readonly wish: BacktestWish;
  readonly onChange: (change: Partial<BacktestWish>) => void;
};

/** The history, one side or two, and how people behave. */
export function BacktestForm({ wish, onChange, children }: FieldsProps & { readonly children: ReactNode }) {
  const w = useWords(words);
  return (
    <Panel title={w.form.name}>
      <div className={styles.form}>
        <Choice
          legend={w.form.source}
          name="source"
          value={wish.source}
          options={[
            ["recorded", w.form.recorded],
            ["file", w.form.file],
          ]}
          onChoose={(source) => onChange({ source })}
        />
        {wish.source === "file" ? (
          <HistoryFile wish={wish} onChange={onChange} />
        ) : (
          <Period wish={wish} onChange={onChange} />
        )}
        <Tick
          label={w.form.compare}
          checked={wish.b !== undefined}
          onChange={(event) => onChange({ b: event.target.checked ? { ...wish.a } : undefined })}
        />
        <div className={styles.sides}>
          <SideFields side="A" wish={wish.a} onChange={(a) => onChange({ a })} />
          {wish.b !== undefined && <SideFields side="B" wish={wish.b} onChange={(b) => onChange({ b })} />}
        </div>
        <PeopleFields wish={wish} onChange={onChange} />
        {children}
      </div>
    </Panel>
  );
}

function Period({ wish, onChange }: FieldsProps) {
  const w = useWords(words);
  return (
    <>
      <Choice
        legend={w.form.period}
        name="period"
        value={wish.period}
        options={[
          ["30", w.form.days(30)],
          ["90", w.form.days(90)],
          ["dates", w.form.dates],
        ]}
        onChoose={(period) => onChange({ period })}
      />
      {wish.period === "dates" && (
        <div className={styles.fields}>
          <Field label={w.form.from}>
            {(ids) => (
              <input
                {...ids}
                type="date"
                value={wish.from}
                onChange={(event) => onChange({ from: event.target.value })}
              />
            )}
          </Field>
          <Field label={w.form.to}>
            {(ids) => (
              <input {...ids} type="date" value={wish.to} onChange={(event) => onChange({ to: event.target.value })} />
            )}
          </Field>
        </div>
      )}
    </>
  );
}
