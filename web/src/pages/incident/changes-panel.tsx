import { useQuery } from "@tanstack/react-query";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import type { ShownMarks } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { Time, useLengthText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./panels.module.css";
import { words } from "./words.ts";

const BEFORE_MS = 2 * 3_600_000;
const SHOWN = 8;

/** What was deployed or changed shortly before it began: not shown where that is nothing. */
export function ChangesPanel({ incident }: { readonly incident: IncidentOverview }) {
  const w = useWords(words);
  const length = useLengthText();
  const mayRead = useMay("monitors.read");
  const { service, openedAt } = incident;
  const began = Date.parse(openedAt);
  const query = useQuery({
    queryKey: ["mark", service, openedAt],
    queryFn: () => {
      const asked = new URLSearchParams({
        from: new Date(began - BEFORE_MS).toISOString(),
        to: new Date(began + 1).toISOString(),
        service,
      });
      return api.get<ShownMarks>(`/api/v1/marks?${asked.toString()}`);
    },
    enabled: mayRead,
  });
  const marks = query.data?.marks ?? [];
  if (marks.length === 0) return null;
  return (
    <Panel title={w.changes}>
      <ul className={styles.list}>
        {marks.slice(0, SHOWN).map(({ id, at, title, kind, link, labels, by }) => (
          <li key={id}>
            <p className={styles.name}>
              <Chip icon="upload">{kind}</Chip>
              {link === null ? (
                title
              ) : (
                <a href={link} rel="noreferrer noopener" target="_blank">
                  {title}
                </a>
              )}
            </p>
            <p className={styles.quiet}>
              {w.changedBefore(length(began - Date.parse(at)))} · <Time at={at} only="clock" />
              {labels.service !== undefined && ` · ${labels.service}`} · {by}
            </p>
          </li>
        ))}
      </ul>
      {marks.length > SHOWN && <p className={styles.quiet}>{w.moreChanges(marks.length - SHOWN)}</p>}
    </Panel>
  );
}
