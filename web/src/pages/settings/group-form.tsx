import { useState } from "react";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import { Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { ItemDialog } from "./item-dialog.tsx";
import styles from "./settings.module.css";
import { teamsWords } from "./teams-words.ts";

/** A group: a name, and who is meant by it. */
export function GroupForm({
  roster,
  name,
  onClose,
}: {
  readonly roster: ShownRoster;
  readonly name: string | undefined;
  readonly onClose: () => void;
}) {
  const { form: w } = useWords(teamsWords);
  const group = roster.groups.find((one) => one.name === name);
  const [members, setMembers] = useState<readonly string[]>(group?.members ?? []);
  const people = [...roster.people].sort((one, other) => one.name.localeCompare(other.name, "ko"));
  return (
    <ItemDialog kind="groups" title={w.newGroup} item={group} data={() => ({ members })} onClose={onClose}>
      {(isFixed) => (
        <fieldset className={styles.group}>
          <legend>{w.members}</legend>
          <div className={styles.ticks}>
            {people.map((person) => (
              <Tick
                key={person.id}
                label={person.name}
                disabled={isFixed}
                checked={members.includes(person.id)}
                onChange={({ target }) =>
                  setMembers(
                    target.checked ? [...members, person.id] : members.filter((member) => member !== person.id),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
      )}
    </ItemDialog>
  );
}
