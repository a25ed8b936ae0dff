import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import type { RosterPut, ShownRoster, ShownRotation, ShownTeam } from "../../../../src/http/wire/roster.ts";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { fromLocal } from "../../kit/local-time.ts";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Page, Panel } from "../../kit/page.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { ScheduleTabs } from "../schedule/schedule-tabs.tsx";
import { itemPath, useRoster } from "../settings/use-roster.ts";
import { words as settingsWords } from "../settings/words.ts";
import styles from "./editor.module.css";
import { moved } from "./rotation-draft.ts";
import { rotationPath } from "./rotation-names.ts";
import { useRotationText } from "./rotation-text.ts";
import { words } from "./words.ts";
import { useZonedText } from "./zoned-text.ts";

const DAY_MS = 86_400_000;
/** A turn of a month and what follows it. */
const AHEAD_DAYS = 35;

/** Every rotation by its team, with who has the turn now and when it is handed over. */
export function Rotations() {
  const w = useWords(words);
  const mayEdit = useMay("roster.edit");
  const query = useRoster();
  return (
    <Page
      title={w.list}
      lead={w.lead}
      acts={
        mayEdit && (
          <LinkButton to="/schedule/rotations/new" look="main" icon="add">
            {w.make}
          </LinkButton>
        )
      }
    >
      <ScheduleTabs />
      <Loaded query={query}>{(roster) => <ByTeam roster={roster} />}</Loaded>
    </Page>
  );
}

function ByTeam({ roster }: { readonly roster: ShownRoster }) {
  const w = useWords(words);
  const mayEdit = useMay("roster.edit");
  const schedule = useQuery({
    queryKey: ["roster", "schedule", "turns"],
    queryFn: () => {
      const now = serverNow();
      const [from, to] = [now, now + AHEAD_DAYS * DAY_MS].map((at) => new Date(at).toISOString());
      return api.get<ShownSchedule>(`/api/v1/schedule?from=${from}&to=${to}`);
    },
    refetchInterval: 60_000,
  });
  const inTeams = new Set(roster.teams.flatMap(({ rotations }) => rotations));
  const orphans = roster.rotations.filter(({ id }) => !inTeams.has(id));
  const order = roster.policy.teams.map(({ name }) => name);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const teams = roster.teams.toSorted((one, other) => rank(one.name) - rank(other.name));
  if (teams.length === 0)
    return (
      <Empty icon="team" act={<LinkButton to="/settings/teams">{w.toTeams}</LinkButton>}>
        {w.noTeams}
      </Empty>
    );
  return (
    <>
      {teams.map((team) => (
        <Panel
          key={team.name}
          title={team.name}
          flush
          acts={
            mayEdit &&
            team.managedBy === null && (
              <LinkButton to={`/schedule/rotations/new?team=${encodeURIComponent(team.name)}`} size="small" icon="add">
                {w.make}
              </LinkButton>
            )
          }
        >
          {team.rotations.length === 0 && <p className={styles.always}>{w.always}</p>}
          <ul className={styles.rotations}>
            {team.rotations.map((id, nth) => {
              const rotation = roster.rotations.find((one) => one.id === id);
              return (
                rotation && (
                  <Row key={id} rotation={rotation} roster={roster} schedule={schedule.data} team={team} nth={nth} />
                )
              );
            })}
          </ul>
        </Panel>
      ))}
      {orphans.length > 0 && (
        <Panel title={w.orphans} flush>
          <p className={styles.always}>{w.orphansLead}</p>
          <ul className={styles.rotations}>
            {orphans.map((rotation) => (
              <Row key={rotation.id} rotation={rotation} roster={roster} schedule={undefined} />
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function Row({
  rotation,
  roster,
  schedule,
  team,
  nth = 0,
}: {
  readonly rotation: ShownRotation;
  readonly roster: ShownRoster;
  readonly schedule: ShownSchedule | undefined;
  readonly team?: ShownTeam;
  readonly nth?: number;
}) {
  const w = useWords(words);
  const { form } = useWords(words);
  const s = useWords(settingsWords);
  const text = useRotationText();
  const mayEdit = useMay("roster.edit");
  const { id, name, participants, turns, start, hours, holidays, priority, shadow, managedBy } = rotation;
  const nameOf = (person: string): string => roster.people.find((one) => one.id === person)?.name ?? person;
  const isFixed = !mayEdit || managedBy !== null;
  return (
    <li className={styles.rotation}>
      <div className={styles.name}>
        <Link href={rotationPath(id)}>
          <strong>{name}</strong>
        </Link>
        <span className={styles.hint}>{text.short({ turns, start })}</span>
        <span className={styles.chips}>
          {shadow && <Chip tone="info">{w.shadow}</Chip>}
          {priority > 0 && <Chip>{w.first}</Chip>}
          {hours.length > 0 && <Chip icon="clock">{text.hours(hours)}</Chip>}
          {holidays !== "as-usual" && <Chip>{`${form.holidays} ${form.onHolidays[holidays]}`}</Chip>}
          {managedBy !== null && <span className={styles.hint}>{s.managedShort(managedBy)}</span>}
        </span>
      </div>
      <span>{participants.map((turn) => turn.map(nameOf).join("·")).join(" → ")}</span>
      {team !== undefined && schedule !== undefined ? (
        <Turn rotation={rotation} schedule={schedule} team={team.name} />
      ) : (
        <span />
      )}
      <span className={styles.chips}>
        {team !== undefined && team.rotations.length > 1 && mayEdit && team.managedBy === null && (
          <Order team={team} name={name} nth={nth} />
        )}
        <LinkButton to={rotationPath(id)} look="quiet" icon={isFixed ? "right" : "edit"} bare>
          {isFixed ? w.look(name) : w.edit(name)}
        </LinkButton>
      </span>
    </li>
  );
}

/** Who has the turn now, until when; or when somebody has it next. */
function Turn({
  rotation,
  schedule,
  team,
}: {
  readonly rotation: ShownRotation;
  readonly schedule: ShownSchedule;
  readonly team: string;
}) {
  const w = useWords(words);
  const text = useZonedText(rotation.zone);
  const now = serverNow();
  const nameOf = (person: string): string => schedule.people.find((one) => one.id === person)?.name ?? person;
  const local = (time: string): number => fromLocal(time, rotation.zone) ?? 0;
  if (rotation.end !== undefined && local(rotation.end) <= now) return <Chip tone="warn">{w.over}</Chip>;
  const shifts = (schedule.teams.find(({ name }) => name === team)?.shifts ?? [])
    .filter((shift) => shift.rotation === rotation.id && shift.people.length > 0)
    .map((shift) => ({ ...shift, from: Date.parse(shift.start), to: Date.parse(shift.end) }));
  const present = shifts.find(({ from, to }) => from <= now && now < to);
  const next = shifts.find(({ from }) => from > now);
  if (present !== undefined)
    return (
      <span>
        <Chip tone="good">{w.nowOn}</Chip> <strong>{present.people.map(nameOf).join(", ")}</strong>{" "}
        <span className={styles.hint}>{w.until(text.at(present.to))}</span>
      </span>
    );
  if (local(rotation.start) > now) return <Chip>{w.notYet(text.at(local(rotation.start)))}</Chip>;
  return (
    <span>
      <Chip>{w.nobodyNow}</Chip>{" "}
      {next !== undefined && (
        <span className={styles.hint}>
          {w.nextFrom(text.at(next.from))} {next.people.map(nameOf).join(", ")}
        </span>
      )}
    </span>
  );
}

function Order({ team, name, nth }: { readonly team: ShownTeam; readonly name: string; readonly nth: number }) {
  const w = useWords(words);
  const act = useAct();
  const queries = useQueryClient();
  const put = async (to: number): Promise<void> => {
    const data = { name: team.name, members: team.members, rotations: moved(team.rotations, nth, to) };
    const done = await act(
      () => api.put(itemPath("teams", team.name), { data, revision: team.revision } satisfies RosterPut),
      w.ordered,
    );
    if (done) await queries.invalidateQueries({ queryKey: ["roster"] });
  };
  return (
    <>
      <Button look="quiet" icon="up" bare disabled={nth === 0} onPress={() => put(nth - 1)}>
        {w.moveUp(name)}
      </Button>
      <Button
        look="quiet"
        icon="downward"
        bare
        disabled={nth === team.rotations.length - 1}
        onPress={() => put(nth + 1)}
      >
        {w.moveDown(name)}
      </Button>
    </>
  );
}
