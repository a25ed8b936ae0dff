import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SchedulePreview, SchedulePreviewRequest, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { ProblemNotice } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { useSettled } from "../muting/use-settled.ts";
import styles from "./before-after.module.css";
import { useCast, useMarkOf } from "./cast.tsx";
import { addDays, dateOf, placeIn, startOf } from "./days.ts";
import { changesBetween, type Entry, entriesOf, lanesOf, type Span } from "./shifts-shown.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** What would be otherwise if it were saved, team by team: two strips to look at, and each change in words. */
export function BeforeAfter({
  span,
  put,
}: {
  readonly span: Span;
  readonly put: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> };
}) {
  const { preview: w } = useWords(words);
  const zone = useZone();
  // What has been stays as it was.
  const [opened] = useState(serverNow);
  // A day more on either side: what comes before and after is seen as well.
  const whole = {
    start: Math.max(startOf(addDays(dateOf(span.start, zone), -1), zone), opened),
    end: startOf(addDays(dateOf(span.end, zone), 2), zone),
  };
  // What is noted changes nobody's duty.
  const { note: _, ...facts } = put.data;
  const request: SchedulePreviewRequest = {
    start: new Date(whole.start).toISOString(),
    end: new Date(whole.end).toISOString(),
    put: [{ kind: put.kind, id: "preview", data: facts }],
    remove: [],
  };
  const asked = useSettled(JSON.stringify(request));
  const query = usePreview(asked, false, true);
  // What `check` finds takes longer; who is on duty when is there before that.
  const checked = usePreview(asked, true, query.data !== undefined).data;
  if (query.error !== null) return <ProblemNotice error={query.error} />;
  if (query.data === undefined) return <p role="status">{w.asking}</p>;
  const { before, after } = query.data;
  const changed = before.flatMap((team) => {
    const later = after.find(({ name }) => name === team.name);
    const changes = later === undefined ? [] : changesBetween(entriesOf(team), entriesOf(later), whole);
    return later === undefined || changes.length === 0 ? [] : [{ team, later, changes }];
  });
  return (
    <section className={styles.preview} aria-live="polite">
      <h3>{w.title}</h3>
      {changed.length === 0 && <p>{w.same}</p>}
      {changed.map(({ team, later, changes }) => (
        <div key={team.name} className={styles.team}>
          <strong>{team.name}</strong>
          <Strip title={w.before} team={team} whole={whole} />
          <Strip title={w.after} team={later} whole={whole} changes={changes} />
          <ul className={styles.changes}>
            {changes.map((change) => (
              <ChangeText key={change.start} change={change} />
            ))}
          </ul>
        </div>
      ))}
      <Findings title={w.found} findings={checked?.found ?? []} isBad />
      <Findings title={w.mended} findings={checked?.mended ?? []} />
    </section>
  );
}

function usePreview(asked: string, findings: boolean, enabled: boolean) {
  return useQuery({
    queryKey: ["roster", "preview", asked, findings],
    queryFn: () =>
      api.post<SchedulePreview>("/api/v1/schedule/preview", {
        ...(JSON.parse(asked) as SchedulePreviewRequest),
        findings,
      }),
    enabled,
    // Findings of another question would be said of this one.
    ...(findings ? {} : { placeholderData: (before: SchedulePreview | undefined) => before }),
    retry: false,
  });
}

function ChangeText({ change }: { readonly change: ReturnType<typeof changesBetween>[number] }) {
  const { preview: w, nobody } = useWords(words);
  const when = useWhen();
  const { names } = useCast();
  const who = (ids: readonly string[]): string => (ids.length === 0 ? nobody : names(ids));
  return (
    <li>
      <span className={styles.time}>{when.span(change)}</span>{" "}
      <strong data-bad={change.after.length === 0}>{w.arrow(who(change.before), who(change.after))}</strong>
    </li>
  );
}

/** A picture of the lines below it, which say the same in words. */
function Strip({
  title,
  team,
  whole,
  changes = [],
}: {
  readonly title: string;
  readonly team: ShownTeamSchedule;
  readonly whole: Span;
  readonly changes?: readonly Span[];
}) {
  const { of } = useCast();
  const mark = useMarkOf();
  const lanes: readonly (readonly Entry[])[] = lanesOf(entriesOf(team));
  return (
    <div className={styles.strip} aria-hidden="true">
      <span className={styles.time}>{title}</span>
      <div className={styles.lanes}>
        {lanes.map((lane, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place.
          <div key={nth} className={styles.lane}>
            {lane.map((entry) => {
              const place = placeIn(whole, entry);
              return (
                place && (
                  <span
                    key={entry.key}
                    className={`${styles.bar} ${mark(entry.shift.people[0])}`}
                    style={{ left: `${place.left}%`, width: `${place.width}%` }}
                  >
                    {entry.shift.people.map((id) => of(id).initials).join(" ")}
                  </span>
                )
              );
            })}
          </div>
        ))}
        {changes.map((change) => {
          const place = placeIn(whole, change);
          return (
            place && (
              <span
                key={change.start}
                className={styles.changed}
                style={{ left: `${place.left}%`, width: `${place.width}%` }}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function Findings({
  title,
  findings,
  isBad = false,
}: {
  readonly title: string;
  readonly findings: SchedulePreview["found"];
  readonly isBad?: boolean;
}) {
  if (findings.length === 0) return null;
  return (
    <div className={styles.findings} data-bad={isBad}>
      <strong>{title}</strong>
      <ul>
        {findings.map(({ code, message, why }) => (
          <li key={`${code} ${message}`}>
            {message} <span className={styles.time}>{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
