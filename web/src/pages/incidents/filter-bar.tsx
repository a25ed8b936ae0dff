import { useEffect, useRef, useState } from "react";
import type { IncidentFacets } from "../../../../src/http/wire/incident-list.ts";
import { useKey, useKeyText } from "../../app/keys.tsx";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { useIsPhone } from "../../kit/media.ts";
import { useWords } from "../../words/locale.tsx";
import styles from "./filter-bar.module.css";
import { isFiltered, type ListFilter, PERIODS, readFilter, STATE_CHOICES } from "./list-filter.ts";
import { words } from "./words.ts";

const TYPED_MS = 80;

/** Words as they are typed, and everything else that the list can be filtered by. */
export function FilterBar({
  filter,
  facets,
  onChange,
}: {
  readonly filter: ListFilter;
  readonly facets: IncidentFacets | undefined;
  readonly onChange: (filter: ListFilter) => void;
}) {
  const w = useWords(words);
  const isPhone = useIsPhone();
  const controls = <Choices filter={filter} facets={facets} onChange={onChange} />;
  return (
    <search className={styles.bar}>
      <SearchBox filter={filter} onChange={onChange} />
      {isPhone ? (
        <details className={styles.more}>
          <summary className={styles.summary}>
            <Icon name="down" size={18} />
            {w.filters}
          </summary>
          <div className={styles.choices}>{controls}</div>
        </details>
      ) : (
        <div className={styles.choices}>{controls}</div>
      )}
    </search>
  );
}

function SearchBox({ filter, onChange }: Pick<Parameters<typeof FilterBar>[0], "filter" | "onChange">) {
  const w = useWords(words);
  const key = useKeyText("search");
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter.q);
  const sent = useRef(filter.q);
  useKey("search", () => input.current?.select());
  // Another view was chosen, or the reader went back.
  useEffect(() => {
    if (filter.q !== sent.current) setTyped(filter.q);
    sent.current = filter.q;
  }, [filter.q]);
  useEffect(() => {
    if (typed === filter.q) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      onChange({ ...filter, q: typed });
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, filter, onChange]);
  return (
    <label className={styles.search}>
      <span className="unseen">{w.search}</span>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        value={typed}
        placeholder={w.searchHint}
        maxLength={300}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
      {key !== "" && <kbd aria-hidden="true">{key}</kbd>}
    </label>
  );
}

function Choices({ filter, facets, onChange }: Parameters<typeof FilterBar>[0]) {
  const w = useWords(words);
  const set = (change: Partial<ListFilter>): void => onChange({ ...filter, ...change });
  const toggle = (grade: string): void =>
    set({
      grades: filter.grades.includes(grade) ? filter.grades.filter((one) => one !== grade) : [...filter.grades, grade],
    });
  return (
    <>
      <Choice
        label={w.state}
        value={filter.state}
        options={["", ...STATE_CHOICES].map((state) => [state, w.states[state] ?? state])}
        onChange={(state) => set({ state })}
      />
      <fieldset className={styles.grades} aria-label={w.grade}>
        {facets?.grades.map(({ name, rank }) => (
          <button
            key={name}
            type="button"
            className={styles.grade}
            aria-pressed={filter.grades.includes(name)}
            onClick={() => toggle(name)}
          >
            <GradeMark grade={name} rank={rank} />
          </button>
        ))}
      </fieldset>
      <Choice
        label={w.service}
        value={filter.service}
        options={[["", w.anyService], ...withChosen(facets?.services ?? [], filter.service).map(same)]}
        onChange={(service) => set({ service })}
      />
      <Choice
        label={w.holder}
        value={filter.holder}
        options={[["", w.anyHolder], ...(facets?.people.map(({ id, name }) => [id, name] as const) ?? [])]}
        onChange={(holder) => set({ holder })}
      />
      <Choice
        label={w.period}
        value={filter.within}
        options={["", ...PERIODS, "days"].map((period) => [period, w.periods[period] ?? period])}
        onChange={(within) => set({ within })}
      />
      {filter.within === "days" && (
        <>
          <Day label={w.from} value={filter.from} onChange={(from) => set({ from })} />
          <Day label={w.to} value={filter.to} onChange={(to) => set({ to })} />
        </>
      )}
      <Choice
        label={w.drill}
        value={filter.drill}
        options={["", "false", "true"].map((drill) => [drill, w.drills[drill] ?? drill])}
        onChange={(drill) => set({ drill })}
      />
      {isFiltered(filter) && (
        <Button look="quiet" icon="cross" onPress={() => onChange(readFilter(new URLSearchParams()))}>
          {w.clear}
        </Button>
      )}
    </>
  );
}

function withChosen(all: readonly string[], chosen: string): readonly string[] {
  return chosen === "" || all.includes(chosen) ? all : [chosen, ...all];
}

function same(text: string): readonly [string, string] {
  return [text, text];
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className={styles.choice}>
      <span className="unseen">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)} data-set={value !== ""}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className={styles.day}>
      <span>{label}</span>
      <input type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
