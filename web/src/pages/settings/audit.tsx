import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { ShownAudit, ShownAuditPage } from "../../../../src/http/wire/audit.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Empty, Loaded, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { auditWords } from "./audit-words.ts";
import styles from "./settings.module.css";
import { SettingsPage } from "./settings-page.tsx";

const LOOK_AGAIN_MS = 15_000;

/** Who changed what, newest first. */
export function Audit() {
  const w = useWords(auditWords);
  const { all, more } = useWords(shared);
  const [topic, setTopic] = useState("");
  const [typed, setTyped] = useState("");
  const by = useDeferredValue(typed.trim());
  const query = useInfiniteQuery({
    queryKey: ["audit", topic, by],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      api.get<ShownAuditPage>(
        `/api/v1/audit?${new URLSearchParams({ topic, by, ...(pageParam === "" ? {} : { before: pageParam }) }).toString()}`,
      ),
    getNextPageParam: ({ next }) => (next === null ? undefined : String(next)),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <SettingsPage name="audit" lead={w.lead}>
      <div className={styles.filter}>
        <Field label={w.topic}>
          {(ids) => (
            <select {...ids} value={topic} onChange={({ target }) => setTopic(target.value)}>
              <option value="">{all}</option>
              {Object.entries(w.topics).map(([key, name]) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.by}>
          {(ids) => (
            <input
              {...ids}
              type="search"
              value={typed}
              placeholder={w.byHint}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
      </div>
      <Panel flush>
        <Loaded query={query}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.rows);
            if (rows.length === 0)
              return <Empty icon="search">{topic === "" && by === "" ? w.empty : w.nothingFound}</Empty>;
            return (
              <ul className={styles.rows}>
                {rows.map((row) => (
                  <AuditRow key={row.position} row={row} />
                ))}
              </ul>
            );
          }}
        </Loaded>
      </Panel>
      {query.hasNextPage && (
        <div>
          <Button onPress={() => query.fetchNextPage()}>{more}</Button>
        </div>
      )}
    </SettingsPage>
  );
}

function AuditRow({ row }: { readonly row: ShownAudit }) {
  const w = useWords(auditWords);
  const facts = Object.entries((row.facts ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== null && value !== "",
  );
  return (
    <li className={styles.auditRow}>
      <span className={styles.quiet}>
        <Time at={row.at} />
      </span>
      <strong>{row.by}</strong>
      <span>{w.actions[row.action] ?? row.action}</span>
      <dl className={styles.inline}>
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{w.facts[key] ?? key}</dt>
            <dd>{factText(value, w.values)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function factText(value: unknown, values: Readonly<Record<string, string>>): string {
  if (Array.isArray(value)) return value.map((one) => factText(one, values)).join(", ");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return values[text] ?? text;
}
