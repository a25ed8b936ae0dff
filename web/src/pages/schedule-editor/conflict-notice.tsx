import { Button } from "../../kit/button.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import { dataOf, type RotationDraft } from "./rotation-draft.ts";
import { useRotationText } from "./rotation-text.ts";
import { words } from "./words.ts";

/** Somebody else saved the same rotation: both are shown, nothing that was typed is lost, and one chooses. */
export function ConflictNotice({
  theirs,
  mine,
  nameOf,
  onKeepMine,
  onTakeTheirs,
}: {
  readonly theirs: RotationDraft;
  readonly mine: RotationDraft;
  readonly nameOf: (person: string) => string;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  const { conflict: w } = useWords(words);
  const told = useFields(nameOf);
  const [saved, written] = [told(theirs), told(mine)];
  const differing = written.filter(([, text], nth) => text !== saved[nth]?.[1]);
  return (
    <Notice tone="bad">
      <p>
        <strong>{w.title}</strong> {w.text}
      </p>
      {differing.length === 0 ? (
        <p>{w.none}</p>
      ) : (
        <table className={styles.compare}>
          <thead>
            <tr>
              <th scope="col">{w.field}</th>
              <th scope="col">{w.theirs}</th>
              <th scope="col">{w.mine}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(([name, text]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{saved.find(([other]) => other === name)?.[1]}</td>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.chips}>
        <Button size="small" onPress={onKeepMine}>
          {w.keepMine}
        </Button>
        <Button size="small" onPress={onTakeTheirs}>
          {w.takeTheirs}
        </Button>
      </p>
    </Notice>
  );
}

/** A draft field by field, in words. */
function useFields(
  nameOf: (person: string) => string,
): (draft: RotationDraft) => readonly (readonly [string, string])[] {
  const { form: w } = useWords(words);
  const text = useRotationText();
  return (draft) => {
    const {
      name,
      teams = [],
      zone,
      participants,
      turns,
      start,
      end = "",
      priority,
      hours,
      holidays,
      shadow,
    } = dataOf(draft);
    return [
      [w.name, name],
      [w.teams, [...teams].sort().join(", ")],
      [w.length, text.lengths(turns)],
      [w.date, start.replace("T", " ")],
      [w.zone, zone],
      [w.turns, participants.map((turn) => turn.map(nameOf).join("·")).join(" → ")],
      [w.when, hours.length === 0 ? w.around : text.hours(hours)],
      [w.holidays, w.onHolidays[holidays]],
      [w.priority, w.priorities[priority] ?? w.otherPriority(priority)],
      [w.end, end.replace("T", " ")],
      [w.shadow, shadow ? "✓" : ""],
    ];
  };
}
