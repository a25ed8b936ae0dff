import type { ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { Button } from "../../kit/button.tsx";
import { FilterBar, FilterChoice, SearchBox } from "../../kit/filter-bar.tsx";
import { useWords } from "../../words/locale.tsx";
import { isFiltered, type MonitorFilter, placesOf } from "./monitor-filter.ts";
import { words } from "./words.ts";
import { STATES } from "./worst.ts";

/** Short: a whole fleet is filtered here, without the server. */
const PAUSE_MS = 60;

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
  const places = placesOf(shown);
  return (
    <FilterBar>
      <SearchBox
        label={w.search}
        hint={w.searchHint}
        value={filter.q}
        lengthMax={100}
        pauseMs={PAUSE_MS}
        onChange={(q) => onChange({ ...filter, q })}
      />
      <FilterChoice
        label={w.state}
        value={filter.state}
        options={[
          ["", w.anyState],
          ["trouble", w.trouble],
          ...STATES.map((state): [MonitorFilter["state"], string] => [state, w.states[state]]),
        ]}
        onChange={(state) => onChange({ ...filter, state })}
      />
      <FilterChoice
        label={w.host}
        value={filter.place}
        options={["", ...(places.includes(filter.place) ? places : [filter.place, ...places])]
          .filter((place, nth) => nth === 0 || place !== "")
          .map((place): [string, string] => [place, place === "" ? w.anyHost : place])}
        onChange={(place) => onChange({ ...filter, place })}
      />
      {isFiltered(filter) && (
        <Button look="quiet" icon="cross" onPress={() => onChange({ q: "", state: "", place: "" })}>
          {w.clear}
        </Button>
      )}
    </FilterBar>
  );
}
