import type { MonitorHours } from "../../../../src/monitor/monitor.ts";
import { Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import { words } from "./words.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** In which hours a line holds. */
export function HoursFields({
  hours,
  onChange,
}: {
  readonly hours: MonitorHours;
  readonly onChange: (hours: MonitorHours) => void;
}) {
  const { form: w } = useWords(words);
  const { weekdays, from, to, zone, onHolidays } = hours;
  const put = (change: Partial<MonitorHours>): void => onChange({ ...hours, ...change });
  const zones = Intl.supportedValuesOf("timeZone");
  return (
    <div className={styles.hours} role="group" aria-label={w.hours}>
      <div className={styles.days} role="group" aria-label={w.days}>
        {WEEKDAYS.map((day) => (
          <button
            key={day}
            type="button"
            className={styles.day}
            aria-pressed={weekdays.includes(day)}
            onClick={() =>
              put({
                weekdays: WEEKDAYS.filter((one) => (one === day ? !weekdays.includes(day) : weekdays.includes(one))),
              })
            }
          >
            {w.weekdays[day - 1]}
          </button>
        ))}
      </div>
      <div className={styles.times}>
        <label>
          {w.from}
          <input type="time" value={from} required onChange={({ target }) => put({ from: target.value || from })} />
        </label>
        <label>
          {w.to}
          <input
            type="time"
            value={to === "24:00" ? "00:00" : to}
            required
            onChange={({ target }) => put({ to: target.value === "00:00" ? "24:00" : target.value || to })}
          />
        </label>
        <span className={styles.quiet}>{to < from ? w.nextDay : ""}</span>
        <label>
          {w.zone}
          <select value={zone} onChange={({ target }) => put({ zone: target.value })}>
            {(zones.includes(zone) ? zones : [zone, ...zones]).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      <Tick label={w.onHolidays} checked={onHolidays} onChange={({ target }) => put({ onHolidays: target.checked })} />
    </div>
  );
}
