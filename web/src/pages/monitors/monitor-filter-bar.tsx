import { useRef } from "react";
import type { ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { useKey, useKeyText } from "../../app/keys.tsx";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useWords } from "../../words/locale.tsx";
import { isFiltered, type MonitorFilter, placesOf } from "./monitor-filter.ts";
import styles from "./monitor-filter-bar.module.css";
import { words } from "./words.ts";
import { STATES } from "./worst.ts";

/** Words as they are typed, the state, and where. */
export function MonitorFilterBar({
  filter,
  shown,
  onChange,
}: {
  readonly filter: MonitorFilter;
  readonly shown: ShownMonitors;
  readonly onChange: (filter: MonitorFilter) => void;
}) {
  const w = useWords(words);
  const key = useKeyText("search");
  const input = useRef<HTMLInputElement>(null);
  useKey("search", () => input.current?.select());
  const places = placesOf(shown);
  return (
    <search className={styles.bar}>
      <label className={styles.search}>
        <span className="unseen">{w.search}</span>
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          value={filter.q}
          placeholder={w.searchHint}
          maxLength={100}
          onChange={({ target }) => onChange({ ...filter, q: target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
          }}
        />
        {key !== "" && <kbd aria-hidden="true">{key}</kbd>}
      </label>
      <label>
        <span className="unseen">{w.state}</span>
        <select
          value={filter.state}
          data-set={filter.state !== ""}
          onChange={({ target }) => onChange({ ...filter, state: target.value as MonitorFilter["state"] })}
        >
          <option value="">{w.anyState}</option>
          <option value="trouble">{w.trouble}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {w.states[state]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="unseen">{w.host}</span>
        <select
          value={filter.place}
          data-set={filter.place !== ""}
          onChange={({ target }) => onChange({ ...filter, place: target.value })}
        >
          <option value="">{w.anyHost}</option>
          {(places.includes(filter.place) || filter.place === "" ? places : [filter.place, ...places]).map((place) => (
            <option key={place}>{place}</option>
          ))}
        </select>
      </label>
      {isFiltered(filter) && (
        <Button look="quiet" icon="cross" onPress={() => onChange({ q: "", state: "", place: "" })}>
          {w.clear}
        </Button>
      )}
    </search>
  );
}
