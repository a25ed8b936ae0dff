import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "wouter";
import type { ShownSchedule, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { LinkButton } from "../../kit/button.tsx";
import { useNow } from "../../kit/clock.ts";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Notice, Page, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { CastProvider, PersonDot, useCast } from "./cast.tsx";
import styles from "./on-duty-now.module.css";
import { dutyFrom, entriesOf } from "./shifts-shown.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const NEXT_MAX = 5;

/** An address to keep: who is on duty in a team now, until when, and who comes after. */
export function OnDutyNow() {
  const { onDutyNow: w } = useWords(words);
  const { team } = useParams<{ team: string }>();
  const name = decoded(team);
  // Read for the hour that it is opened in; what changes is told by the live stream.
  const [from] = useState(() => Math.floor(serverNow() / HOUR_MS) * HOUR_MS);
  const query = useQuery({
    queryKey: ["roster", "schedule", "now", name, from],
    queryFn: () => {
      const span = { from: new Date(from).toISOString(), to: new Date(from + 14 * DAY_MS).toISOString(), team: name };
      return api.get<ShownSchedule>(`/api/v1/schedule?${new URLSearchParams(span)}`);
    },
  });
  return (
    <Page
      title={w.title(name)}
      acts={<LinkButton to={`/schedule?show=${encodeURIComponent(`team:${name}`)}`}>{w.calendar}</LinkButton>}
    >
      <Loaded query={query}>
        {({ teams: [found], people }) =>
          found === undefined ? (
            <Empty icon="team">{w.noSuchTeam}</Empty>
          ) : (
            <CastProvider people={people}>
              <TeamNow team={found} />
            </CastProvider>
          )
        }
      </Loaded>
    </Page>
  );
}

function TeamNow({ team }: { readonly team: ShownTeamSchedule }) {
  const { onDutyNow: w, leaves: _, ...all } = useWords(words);
  const now = useNow(10_000);
  const when = useWhen();
  const { names } = useCast();
  if (!team.takesTurns)
    return (
      <Panel>
        <People ids={team.members} />
        <p>{w.always}</p>
      </Panel>
    );
  const [present, ...next] = dutyFrom(entriesOf(team), now, NEXT_MAX + 1);
  const learning = entriesOf(team).filter(({ shift, start, end }) => shift.shadow && start <= now && now < end);
  return (
    <>
      {present === undefined || present.people.length === 0 ? (
        <Notice tone="bad">
          <p>
            <strong>{w.nobody}</strong>
          </p>
          {present !== undefined && <p>{w.until(when.moment(present.end))}</p>}
        </Notice>
      ) : (
        <Panel>
          <People ids={present.people} />
          <p>{w.until(when.moment(present.end))}</p>
          {learning.map(({ key, shift }) => (
            <p key={key}>
              <Chip>{w.shadow}</Chip> {names(shift.people)}
            </p>
          ))}
        </Panel>
      )}
      {next.length > 0 && (
        <Panel title={w.next}>
          <ul className={styles.next}>
            {next.map(({ start, end, people }) => (
              <li key={start}>
                <span className={styles.time}>{when.span({ start, end })}</span>{" "}
                <strong data-bad={people.length === 0}>{people.length === 0 ? all.nobody : names(people)}</strong>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function People({ ids }: { readonly ids: readonly string[] }) {
  const { of } = useCast();
  return (
    <p className={styles.people}>
      {ids.map((id) => (
        <span key={id}>
          <PersonDot id={id} /> {of(id).name}
        </span>
      ))}
    </p>
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
