import { useEffect, useRef, useState } from "react";
import { useKey } from "../../app/keys.tsx";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./alert-filters.module.css";
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
  const input = useRef<HTMLInputElement>(null);
  const asked = search.get("q") ?? "";
  const [typed, setTyped] = useState(asked);
  const sent = useRef(asked);
  useKey("search", () => input.current?.select());
  useEffect(() => {
    if (asked !== sent.current) setTyped(asked);
    sent.current = asked;
  }, [asked]);
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      change.current({ q: typed });
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const service = search.get("service") ?? "";
  const incident = search.get("incident") ?? "";
  return (
    <search className={styles.bar}>
      <label className={styles.search}>
        <span className="unseen">{w.search}</span>
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          value={typed}
          maxLength={300}
          placeholder={w.searchHint}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {incident !== "" && (
        <Button icon="cross" onPress={() => onChange({ incident: "" })}>
          {w.ofIncident(incident)}
        </Button>
      )}
      <Choice
        value={search.get("status") ?? ""}
        onChange={(status) => onChange({ status })}
        label={w.status}
        options={STATUSES.map((one) => [one, w.statuses[one] ?? one])}
      />
      <Choice
        value={search.get("muted") ?? ""}
        onChange={(muted) => onChange({ muted })}
        label={w.muted}
        options={MUTED.map((one) => [one, w.muteds[one] ?? one])}
      />
      <Choice
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
    </search>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label>
      <span className="unseen">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
