import { type ReactNode, useId } from "react";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Tick } from "../../kit/field.tsx";
import { useKey, useKeyText } from "../../kit/keys.tsx";
import { useWords } from "../../words/locale.tsx";
import { type Day, dateOf, leaf, VIEWS } from "./days.ts";
import styles from "./toolbar.module.css";
import type { ScheduleWish } from "./use-schedule.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** What is shown: how much of it, from when on, whose. */
export function Toolbar({
  wish,
  days,
  zone,
  schedule,
  isPhone,
  finder,
  onChange,
}: {
  readonly wish: ScheduleWish;
  readonly days: readonly Day[];
  readonly zone: string;
  readonly schedule: ShownSchedule;
  readonly isPhone: boolean;
  readonly finder: ReactNode;
  readonly onChange: (change: Partial<ScheduleWish>) => void;
}) {
  const w = useWords(words);
  const when = useWhen();
  const id = useId();
  const { view, on } = wish;
  const go = (by: 1 | -1): void => onChange({ on: leaf(view, on, by) });
  const toToday = (): void => onChange({ on: dateOf(serverNow(), zone) });
  useKey("earlier", () => go(-1));
  useKey("later", () => go(1));
  useKey("today", toToday);
  const key = { earlier: useKeyText("earlier"), later: useKeyText("later"), today: useKeyText("today") };
  const withKey = (text: string, chord: string): string => (chord === "" ? text : `${text} (${chord})`);
  const [first, last] = [days[0], days.at(-1)];
  const title =
    view === "month"
      ? when.date(on, "month")
      : view === "day"
        ? when.date(on, "whole")
        : w.range(when.date(first?.date ?? on, "date"), when.date(last?.date ?? on, "monthDay"));
  return (
    <div className={styles.toolbar}>
      <div className={styles.line}>
        <div className={styles.leaf}>
          <Button look="quiet" icon="left" bare onPress={() => go(-1)}>
            {withKey(w.earlier, key.earlier)}
          </Button>
          <Button size="small" title={withKey(w.today, key.today)} onPress={toToday}>
            {w.today}
          </Button>
          <Button look="quiet" icon="right" bare onPress={() => go(1)}>
            {withKey(w.later, key.later)}
          </Button>
        </div>
        <h2 className={styles.title} aria-live="polite">
          {title}
        </h2>
        <fieldset className={styles.views}>
          <legend className="unseen">{w.view.legend}</legend>
          {VIEWS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name={id}
                value={one}
                checked={view === one}
                onChange={() => onChange({ view: one })}
              />
              {w.view[one]}
            </label>
          ))}
        </fieldset>
      </div>
      <div className={styles.line}>
        <label className={styles.show}>
          <span>{w.show}</span>
          <select value={wish.show} onChange={({ target }) => onChange({ show: target.value })}>
            <option value="">{w.everything}</option>
            {schedule.people.some(({ mine }) => mine) && <option value="mine">{w.onlyMine}</option>}
            {schedule.teams.map(({ name }) => (
              <option key={name} value={`team:${name}`}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {!isPhone && (
          <Tick
            label={w.layers}
            checked={wish.layers}
            onChange={({ target }) => onChange({ layers: target.checked })}
          />
        )}
        {finder}
        <p className={styles.zone}>{zone === schedule.zone ? w.zone(zone) : w.zones(zone, schedule.zone)}</p>
      </div>
    </div>
  );
}
