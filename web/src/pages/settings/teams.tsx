import { useState } from "react";
import { Link } from "wouter";
import type { ShownGroup, ShownRoster, ShownTeam } from "../../../../src/http/wire/roster.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { rotationPath } from "../schedule-editor/rotation-names.ts";
import { ExampleNotice } from "./example-notice.tsx";
import { GroupForm } from "./group-form.tsx";
import styles from "./settings.module.css";
import { SettingsPage } from "./settings-page.tsx";
import { TeamForm } from "./team-form.tsx";
import { teamsWords } from "./teams-words.ts";
import { useRoster } from "./use-roster.ts";
import { words } from "./words.ts";

type Open = { readonly kind: "team" | "group"; readonly name: string | undefined };

/** The policy's teams with who is in them, and the groups that it names. */
export function Teams() {
  const w = useWords(teamsWords);
  const mayEdit = useMay("roster.edit");
  const query = useRoster();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  return (
    <SettingsPage
      name="teams"
      acts={
        mayEdit && (
          <>
            <Button icon="add" onPress={() => setOpen({ kind: "group", name: undefined })}>
              {w.addGroup}
            </Button>
            <Button look="main" icon="add" onPress={() => setOpen({ kind: "team", name: undefined })}>
              {w.add}
            </Button>
          </>
        )
      }
    >
      <ExampleNotice />
      <Loaded query={query}>
        {(roster) => (
          <>
            {namesOf(roster).map((name) => (
              <TeamPanel key={name} name={name} roster={roster} onOpen={() => setOpen({ kind: "team", name })} />
            ))}
            <Panel title={w.groups} flush>
              <Groups roster={roster} onOpen={(name) => setOpen({ kind: "group", name })} />
            </Panel>
            {open?.kind === "team" && <TeamForm roster={roster} name={open.name} onClose={close} />}
            {open?.kind === "group" && <GroupForm roster={roster} name={open.name} onClose={close} />}
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}

/** In the order of the policy, which is that of escalation; then what it does not know. */
function namesOf({ teams, policy }: ShownRoster): readonly string[] {
  const inPolicy = policy.teams.map(({ name }) => name);
  return [...new Set([...inPolicy, ...teams.map(({ name }) => name)])];
}

function TeamPanel({
  name,
  roster,
  onOpen,
}: {
  readonly name: string;
  readonly roster: ShownRoster;
  readonly onOpen: () => void;
}) {
  const w = useWords(teamsWords);
  const s = useWords(words);
  const { edit } = useWords(shared);
  const mayEdit = useMay("roster.edit");
  const team = roster.teams.find((one) => one.name === name);
  const isFixed = !mayEdit || (team?.managedBy ?? null) !== null;
  const wanted = roster.policy.teams.find((one) => one.name === name);
  return (
    <Panel
      title={name}
      acts={
        <>
          {wanted === undefined && <Chip tone="warn">{w.notInPolicy}</Chip>}
          {wanted?.staffing.map(({ role, count }) => {
            const has = team?.members.filter((member) => member.role === role).length ?? 0;
            return (
              <Chip key={role} tone={has >= count ? "good" : "warn"} icon={has >= count ? "check" : "warn"}>
                {w.staffing(role, has, count)}
              </Chip>
            );
          })}
          {team?.managedBy != null && <span className={styles.quiet}>{s.managedShort(team.managedBy)}</span>}
          {(team !== undefined || mayEdit) && (
            <Button size="small" icon={team === undefined ? "add" : isFixed ? "right" : "edit"} onPress={onOpen}>
              {team === undefined ? w.fill : isFixed ? s.look : edit}
            </Button>
          )}
        </>
      }
    >
      {team === undefined ? (
        <p className={styles.quiet}>{w.notYet}</p>
      ) : (
        <Members team={team} roster={roster} isFixed={isFixed} />
      )}
    </Panel>
  );
}

function Members({
  team,
  roster,
  isFixed,
}: {
  readonly team: ShownTeam;
  readonly roster: ShownRoster;
  readonly isFixed: boolean;
}) {
  const w = useWords(teamsWords);
  const nameOf = (id: string): string => roster.people.find((person) => person.id === id)?.name ?? id;
  const roles = [...new Set(team.members.map(({ role }) => role))];
  const rotations = roster.rotations.filter(({ id }) => team.rotations.includes(id));
  return (
    <div className={styles.stack}>
      {team.members.length === 0 && <p className={styles.quiet}>{w.noMembers}</p>}
      {roles.map((role) => (
        <div key={role} className={styles.chips}>
          <span className={styles.quiet}>{role}</span>
          {team.members
            .filter((member) => member.role === role)
            .map(({ person }) => (
              <Chip key={person}>{nameOf(person)}</Chip>
            ))}
        </div>
      ))}
      {rotations.map(({ id, name, participants, turns }) => (
        <p key={id}>
          <Link href={rotationPath(id)}>{w.rotation(name)}</Link>{" "}
          {participants.map((one) => one.map(nameOf).join("·")).join(" → ")}{" "}
          <span className={styles.quiet}>({turns.map(({ unit, count }) => w.turns[unit](count)).join(", ")})</span>
        </p>
      ))}
      {rotations.length === 0 && team.members.length > 0 && <p className={styles.quiet}>{w.always}</p>}
      {!isFixed && (
        <div>
          <LinkButton to={`/schedule/rotations/new?team=${encodeURIComponent(team.name)}`} size="small" icon="add">
            {w.addRotation}
          </LinkButton>
        </div>
      )}
    </div>
  );
}

function Groups({ roster, onOpen }: { readonly roster: ShownRoster; readonly onOpen: (name: string) => void }) {
  const w = useWords(teamsWords);
  const s = useWords(words);
  const { edit } = useWords(shared);
  const mayEdit = useMay("roster.edit");
  const nameOf = (id: string): string => roster.people.find((person) => person.id === id)?.name ?? id;
  if (roster.groups.length === 0) return <Empty icon="team">{`${w.noGroups} ${w.groupsLead}`}</Empty>;
  return (
    <ul className={styles.rows}>
      {roster.groups.map(({ name, members, managedBy }: ShownGroup) => (
        <li key={name} className={styles.row}>
          <strong>{name}</strong>
          <span className={styles.chips}>
            {members.map((id) => (
              <Chip key={id}>{nameOf(id)}</Chip>
            ))}
          </span>
          <span className={styles.quiet}>{managedBy === null ? "" : s.managedShort(managedBy)}</span>
          <Button
            look="quiet"
            icon={mayEdit && managedBy === null ? "edit" : "right"}
            bare
            onPress={() => onOpen(name)}
          >
            {`${name}: ${mayEdit && managedBy === null ? edit : s.look}`}
          </Button>
        </li>
      ))}
    </ul>
  );
}
