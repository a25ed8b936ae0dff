import type { IncidentFacets } from "../../../../src/http/wire/incident-list.ts";
import { Button } from "../../kit/button.tsx";
import { FilterBar, FilterChoice, SearchBox } from "../../kit/filter-bar.tsx";
import { Icon } from "../../kit/icon.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { useIsPhone } from "../../kit/media.ts";
import { useWords } from "../../words/locale.tsx";
import styles from "./filter-bar.module.css";
import { isFiltered, type ListFilter, PERIODS, readFilter, STATE_CHOICES } from "./list-filter.ts";
import { words } from "./words.ts";

const TYPED_MS = 80;

/** Words as they are typed, and everything else that the list can be filtered by. */
export function IncidentFilterBar({
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
    <FilterBar stacked>
      <SearchBox
        label={w.search}
        hint={w.searchHint}
        value={filter.q}
        lengthMax={300}
        pauseMs={TYPED_MS}
        onChange={(q) => onChange({ ...filter, q })}
      />
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
    </FilterBar>
  );
}

function Choices({ filter, facets, onChange }: Parameters<typeof IncidentFilterBar>[0]) {
  const w = useWords(words);
  const set = (change: Partial<ListFilter>): void => onChange({ ...filter, ...change });
  const toggle = (grade: string): void =>
    set({
      grades: filter.grades.includes(grade) ? filter.grades.filter((one) => one !== grade) : [...filter.grades, grade],
    });
  return (
    <>
      <FilterChoice
        label={w.state}
        value={filter.state}
        options={["", ...STATE_CHOICES].map((state): [string, string] => [state, w.states[state] ?? state])}
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
      <FilterChoice
        label={w.service}
        value={filter.service}
        options={[["", w.anyService], ...withChosen(facets?.services ?? [], filter.service).map(same)]}
        onChange={(service) => set({ service })}
      />
      <FilterChoice
        label={w.holder}
        value={filter.holder}
        options={[["", w.anyHolder], ...(facets?.people.map(({ id, name }) => [id, name] as const) ?? [])]}
        onChange={(holder) => set({ holder })}
      />
      <FilterChoice
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
      <FilterChoice
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
