import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownLoad } from "../../../../src/http/wire/load.ts";
import { api, serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Empty, Loaded, Notice, Page, Panel } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { namesOfTeams } from "../rota/draft.ts";
import { ScheduleTabs } from "../schedule/schedule-tabs.tsx";
import { useRoster } from "../settings/use-roster.ts";
import { localText } from "../simulate/zoned.ts";
import styles from "./load.module.css";
import { LoadTable } from "./load-table.tsx";
import { TeamRanges } from "./team-ranges.tsx";
import { Warnings } from "./warnings.tsx";
import { words } from "./words.ts";

/** What duty costs each person in a month. */
export function LoadPage() {
  const w = useWords(words);
  const locale = useLocale();
  const zone = useZone();
  const roster = useRoster().data;
  const [month, setMonth] = useState(() => localText(serverNow(), zone).slice(0, 7));
  const [team, setTeam] = useState("");
  const asked = new URLSearchParams({ month, ...(team === "" ? {} : { team }) }).toString();
  const query = useQuery({
    queryKey: ["roster", "load", asked, locale],
    queryFn: () => api.get<ShownLoad>(`/api/v1/load?${asked}`),
  });
  const csv = (by: "day" | "shift"): string => `/api/v1/load/csv?${asked}&by=${by}&bom=1&locale=${locale}`;
  // A team that takes part in nothing answers with 404: it is not offered.
  const teams = roster === undefined ? [] : namesOfTeams(roster).filter((name) => isInRoster(name, roster.teams));
  return (
    <Page title={w.title} lead={w.lead} wide>
      <ScheduleTabs />
      <div className={styles.bar}>
        <div className={styles.months}>
          <Button icon="left" bare onPress={() => setMonth(moved(month, -1))}>
            {w.before}
          </Button>
          <p className={styles.month} aria-live="polite">
            {w.month(Number(month.slice(0, 4)), Number(month.slice(5)))}
          </p>
          <Button icon="right" bare onPress={() => setMonth(moved(month, 1))}>
            {w.after}
          </Button>
        </div>
        <Field label={w.team}>
          {(ids) => (
            <select {...ids} value={team} onChange={(event) => setTeam(event.target.value)}>
              <option value="">{w.allTeams}</option>
              {teams.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <div className={styles.files}>
          <a className={styles.file} href={csv("day")} download>
            <Icon name="download" /> {w.csv}
          </a>
          <a className={styles.file} href={csv("shift")} download>
            <Icon name="download" /> {w.csvShifts}
          </a>
        </div>
      </div>
      <Loaded query={query}>{(load) => <Load load={load} />}</Loaded>
    </Page>
  );
}

function Load({ load }: { readonly load: ShownLoad }) {
  const w = useWords(words);
  const { people, teams, counted, withoutTurns, isWhole, to, now } = load;
  if (people.length === 0) return <Empty icon="clock">{`${w.nothing} ${w.toSchedule}`}</Empty>;
  return (
    <>
      {!isWhole && <Notice tone="warn">{w.partial}</Notice>}
      <Panel title={w.people} flush>
        <LoadTable people={people} />
      </Panel>
      <Panel title={w.warnings}>
        <Warnings people={people} />
      </Panel>
      {teams.some((team) => team.people.length > 1) && (
        <Panel title={w.fairness} flush>
          <TeamRanges teams={teams.filter((team) => team.people.length > 1)} />
        </Panel>
      )}
      <div className={styles.notes}>
        <p>{counted}</p>
        {to >= now.slice(0, 10) && <p>{w.planned}</p>}
        {withoutTurns.length > 0 && <p>{w.withoutTurns(withoutTurns.join(", "))}</p>}
      </div>
    </>
  );
}

function isInRoster(name: string, teams: readonly { readonly name: string }[]): boolean {
  return teams.some((team) => team.name === name);
}

function moved(month: string, by: number): string {
  const at = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + by, 1));
  return at.toISOString().slice(0, 7);
}
