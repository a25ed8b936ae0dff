import { type DragEvent, useEffect, useRef, useState } from "react";
import type { ShownPerson, ShownRoster } from "../../../../src/http/wire/roster.ts";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { Problem } from "./length-fields.tsx";
import { freshKey, moved, peopleOf, type SeatDraft, type TurnDraft, turnOf } from "./rotation-draft.ts";
import { words } from "./words.ts";

/** Who takes turns, in order: moved by buttons and by dragging, several people to a turn. */
export function TurnFields({
  draft,
  onChange,
  problem,
  isFixed,
  roster,
}: FieldsProps & { readonly roster: ShownRoster }) {
  const { form: w } = useWords(words);
  const [said, say] = useState("");
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const { turns } = draft;
  const list = useRef<HTMLOListElement>(null);
  // A row that moves in the document loses the focus: it is given back, to the other button where this one has come to its end.
  const held = useRef<{ readonly key: number; readonly way: "up" | "down" } | undefined>(undefined);
  useEffect(() => {
    if (held.current === undefined) return;
    const { key, way } = held.current;
    held.current = undefined;
    const row = list.current?.querySelector(`[data-turn="${key}"]`);
    const button = (one: string): HTMLButtonElement | null | undefined =>
      row?.querySelector<HTMLButtonElement>(`[data-way="${one}"]:not(:disabled)`);
    (button(way) ?? button(way === "up" ? "down" : "up"))?.focus();
  });
  const nameOf = (id: string): string => roster.people.find((person) => person.id === id)?.name ?? id;
  const missing = membersOf(roster, draft.teams).filter(({ id }) => !turns.some((turn) => peopleOf(turn).includes(id)));

  const move = (from: number, to: number): void => {
    const rows = moved(turns, from, to);
    if (rows === turns) return;
    onChange({ turns: rows });
    const people = peopleOf(turns[from] as TurnDraft)
      .map(nameOf)
      .join(", ");
    say(w.movedTo(people === "" ? w.turn(from + 1) : people, to + 1));
  };
  const step = (nth: number, way: "up" | "down"): void => {
    held.current = { key: (turns[nth] as TurnDraft).key, way };
    move(nth, way === "up" ? nth - 1 : nth + 1);
  };
  const drop = (event: DragEvent, to: number): void => {
    event.preventDefault();
    if (dragged !== undefined) move(dragged, to);
    setDragged(undefined);
    setOver(undefined);
  };
  const fill = (): void => {
    const filled = turns.filter((turn) => peopleOf(turn).length > 0);
    onChange({ turns: [...filled, ...missing.map(({ id }) => turnOf([id]))] });
  };

  return (
    <fieldset className={styles.group}>
      <legend>{w.turns}</legend>
      <p className={styles.hint}>{w.turnsLead}</p>
      <ol ref={list} className={styles.turns}>
        {turns.map((turn, nth) => (
          <li
            key={turn.key}
            className={styles.turn}
            aria-label={w.turn(nth + 1)}
            data-turn={turn.key}
            data-dragged={dragged === nth}
            data-over={over === nth && dragged !== nth}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setOver(nth);
            }}
            onDrop={(event) => drop(event, nth)}
          >
            <span
              className={styles.handle}
              draggable={!isFixed}
              title={isFixed ? undefined : w.drag}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setData("text/plain", String(nth));
                setDragged(nth);
              }}
              onDragEnd={() => {
                setDragged(undefined);
                setOver(undefined);
              }}
            >
              {!isFixed && <Icon name="menu" size={16} />}
              {nth + 1}
            </span>
            <Seats
              {...{ turn, nth, isFixed, roster, nameOf }}
              teams={draft.teams}
              onChange={(seats) =>
                onChange({ turns: turns.map((one) => (one.key === turn.key ? { ...one, seats } : one)) })
              }
            />
            {!isFixed && (
              <div className={styles.turnActs}>
                <Button look="quiet" icon="up" bare data-way="up" disabled={nth === 0} onPress={() => step(nth, "up")}>
                  {w.up(nth + 1)}
                </Button>
                <Button
                  look="quiet"
                  icon="downward"
                  bare
                  data-way="down"
                  disabled={nth === turns.length - 1}
                  onPress={() => step(nth, "down")}
                >
                  {w.down(nth + 1)}
                </Button>
                <Button
                  look="quiet"
                  icon="remove"
                  bare
                  disabled={turns.length === 1}
                  onPress={() => onChange({ turns: turns.filter((one) => one.key !== turn.key) })}
                >
                  {w.removeTurn(nth + 1)}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      <p className="unseen" role="status">
        {said}
      </p>
      {problem("turns") !== undefined && <Problem text={problem("turns") ?? ""} />}
      {!isFixed && (
        <div className={styles.chips}>
          <Button size="small" icon="add" onPress={() => onChange({ turns: [...turns, turnOf([""])] })}>
            {w.addTurn}
          </Button>
          {missing.length > 0 && (
            <Button size="small" icon="team" onPress={fill}>
              {w.fill}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

function Seats({
  turn,
  nth,
  teams,
  roster,
  isFixed,
  nameOf,
  onChange,
}: {
  readonly turn: TurnDraft;
  readonly nth: number;
  readonly teams: readonly string[];
  readonly roster: ShownRoster;
  readonly isFixed: boolean;
  readonly nameOf: (id: string) => string;
  readonly onChange: (seats: readonly SeatDraft[]) => void;
}) {
  const { form: w } = useWords(words);
  const { seats } = turn;
  const add = (): void => onChange([...seats, { key: freshKey(), person: "" }]);
  return (
    <div className={styles.seats}>
      {seats.map(({ key, person }, seat) => (
        <div key={key} className={styles.seat}>
          <PersonSelect
            label={w.person(nth + 1, seat + 1)}
            {...{ person, teams, roster, isFixed }}
            onChange={(id) => onChange(seats.map((one) => (one.key === key ? { ...one, person: id } : one)))}
          />
          {!isFixed && seats.length > 1 && (
            <Button look="quiet" icon="cross" bare onPress={() => onChange(seats.filter((one) => one.key !== key))}>
              {w.removeSeat(person === "" ? "" : nameOf(person), nth + 1)}
            </Button>
          )}
          {!isFixed && seats.length === 1 && <AddSeat nth={nth} onPress={add} />}
        </div>
      ))}
      {!isFixed && seats.length > 1 && (
        <div>
          <AddSeat nth={nth} onPress={add} />
        </div>
      )}
    </div>
  );
}

/** Beside the one there is; below several. */
function AddSeat({ nth, onPress }: { readonly nth: number; readonly onPress: () => void }) {
  const { form: w } = useWords(words);
  return (
    <Button look="quiet" icon="add" bare onPress={onPress}>
      {w.addSeat(nth + 1)}
    </Button>
  );
}

function PersonSelect({
  label,
  person,
  teams,
  roster,
  isFixed,
  onChange,
}: {
  readonly label: string;
  readonly person: string;
  readonly teams: readonly string[];
  readonly roster: ShownRoster;
  readonly isFixed: boolean;
  readonly onChange: (id: string) => void;
}) {
  const { form: w } = useWords(words);
  const members = membersOf(roster, teams);
  const others = byName(roster.people.filter((one) => !members.includes(one)));
  const option = ({ id, name, contacts }: ShownPerson) => (
    <option key={id} value={id}>
      {contacts.length === 0 ? `${name} (${w.unreachable})` : name}
    </option>
  );
  return (
    <select aria-label={label} value={person} disabled={isFixed} onChange={({ target }) => onChange(target.value)}>
      <option value="">{w.choose}</option>
      {members.length > 0 && <optgroup label={w.members}>{members.map(option)}</optgroup>}
      {others.length > 0 && <optgroup label={w.others}>{others.map(option)}</optgroup>}
    </select>
  );
}

function membersOf(roster: ShownRoster, teams: readonly string[]): readonly ShownPerson[] {
  const ids = new Set(
    roster.teams
      .filter(({ name }) => teams.includes(name))
      .flatMap(({ members }) => members.map(({ person }) => person)),
  );
  return byName(roster.people.filter(({ id }) => ids.has(id)));
}

function byName(people: readonly ShownPerson[]): readonly ShownPerson[] {
  return [...people].sort((one, other) => one.name.localeCompare(other.name, "ko"));
}
