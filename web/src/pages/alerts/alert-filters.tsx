import { Button } from "../../kit/button.tsx";
import { FilterBar, FilterChoice, SearchBox } from "../../kit/filter-bar.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

const TYPED_MS = 150;
const MUTED = ["", "none", "any", "silenced", "maintenance", "dependency", "record-only"];
const STATUSES = ["", "firing", "silent", "resolved", "all"];

export function AlertFilters({
  search,
  services,
  isFiltered,
  onChange,
}: {
  readonly search: URLSearchParams;
  readonly services: readonly string[];
  readonly isFiltered: boolean;
  readonly onChange: (change: Readonly<Record<string, string>>) => void;
}) {
  const w = useWords(words);
  const service = search.get("service") ?? "";
  const incident = search.get("incident") ?? "";
  return (
    <FilterBar>
      <SearchBox
        label={w.search}
        hint={w.searchHint}
        value={search.get("q") ?? ""}
        lengthMax={300}
        pauseMs={TYPED_MS}
        onChange={(q) => onChange({ q })}
      />
      {incident !== "" && (
        <Button icon="cross" onPress={() => onChange({ incident: "" })}>
          {w.ofIncident(incident)}
        </Button>
      )}
      <FilterChoice
        value={search.get("status") ?? ""}
        onChange={(status) => onChange({ status })}
        label={w.status}
        options={STATUSES.map((one) => [one, w.statuses[one] ?? one])}
      />
      <FilterChoice
        value={search.get("muted") ?? ""}
        onChange={(muted) => onChange({ muted })}
        label={w.muted}
        options={MUTED.map((one) => [one, w.muteds[one] ?? one])}
      />
      <FilterChoice
        value={service}
        onChange={(one) => onChange({ service: one })}
        label={w.service}
        options={[
          ["", w.anyService],
          ...(service === "" || services.includes(service) ? services : [service, ...services]).map(
            (one) => [one, one] as const,
          ),
        ]}
      />
      {isFiltered && (
        <Button
          look="quiet"
          icon="cross"
          onPress={() => onChange({ q: "", status: "", muted: "", service: "", incident: "" })}
        >
          {w.clear}
        </Button>
      )}
    </FilterBar>
  );
}
