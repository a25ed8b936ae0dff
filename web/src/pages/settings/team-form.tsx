import { useId, useRef, useState } from "react";
import type { ShownMember, ShownRoster } from "../../../../src/http/wire/roster.ts";
import { Button } from "../../kit/button.tsx";
import { useWords } from "../../words/locale.tsx";
import { ItemDialog } from "./item-dialog.tsx";
import styles from "./settings.module.css";
import { teamsWords } from "./teams-words.ts";

type Draft = ShownMember & { readonly key: number };

/** A team's members, each in a role that the policy's staffing counts. Its rotations stay as they are. */
export function TeamForm({
  roster,
  name,
  onClose,
}: {
  readonly roster: ShownRoster;
  readonly name: string | undefined;
  readonly onClose: () => void;
}) {
  const { form: w } = useWords(teamsWords);
  const team = roster.teams.find((one) => one.name === name);
  const roles = roster.policy.teams.find((one) => one.name === name)?.staffing.map(({ role }) => role) ?? [];
  const [members, setMembers] = useState<readonly Draft[]>(
    () => team?.members.map((member, key) => ({ ...member, key })) ?? [],
  );
  const next = useRef(1_000);
  const list = useId();
  const people = [...roster.people].sort((one, other) => one.name.localeCompare(other.name, "ko"));
  const nameOf = (id: string): string => roster.people.find((person) => person.id === id)?.name ?? id;
  const put = (key: number, change: Partial<ShownMember>): void =>
    setMembers(members.map((member) => (member.key === key ? { ...member, ...change } : member)));
  return (
    <ItemDialog
      kind="teams"
      title={w.new}
      item={team}
      firstName={name ?? ""}
      data={() => ({
        members: members.filter(({ person }) => person !== "").map(({ person, role }) => ({ person, role })),
        rotations: team?.rotations ?? [],
      })}
      onClose={onClose}
    >
      {(isFixed) => (
        <fieldset className={styles.group}>
          <legend>{w.members}</legend>
          <datalist id={list}>
            {roles.map((role) => (
              <option key={role} value={role} />
            ))}
          </datalist>
          {members.map(({ key, person, role }, place) => (
            <div key={key} className={styles.member}>
              <select
                aria-label={`${w.person} ${place + 1}`}
                value={person}
                disabled={isFixed}
                onChange={({ target }) => put(key, { person: target.value })}
              >
                <option value="">{w.choose}</option>
                {people.map(({ id, name: shown }) => (
                  <option key={id} value={id}>
                    {shown}
                  </option>
                ))}
              </select>
              <input
                aria-label={`${nameOf(person)}: ${w.role}`}
                list={list}
                value={role}
                disabled={isFixed}
                placeholder={w.role}
                onChange={({ target }) => put(key, { role: target.value })}
              />
              {!isFixed && (
                <Button
                  look="quiet"
                  icon="remove"
                  bare
                  onPress={() => setMembers(members.filter((member) => member.key !== key))}
                >
                  {w.removeMember(nameOf(person))}
                </Button>
              )}
            </div>
          ))}
          {!isFixed && (
            <div>
              <Button
                icon="add"
                size="small"
                onPress={() => setMembers([...members, { key: next.current++, person: "", role: roles[0] ?? "" }])}
              >
                {w.addMember}
              </Button>
            </div>
          )}
        </fieldset>
      )}
    </ItemDialog>
  );
}
