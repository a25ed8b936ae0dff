import { useState } from "react";
import type { ShownMy, ShownOwnShift } from "../../../../src/http/wire/reach.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { Time, useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import styles from "./my.module.css";
import { words } from "./words.ts";

/** Whether one is on duty now, and until when; else when it begins. */
export function NowPanel({ my }: { readonly my: ShownMy }) {
  const w = useWords(words);
  const time = useTimeText();
  const next = my.shifts.find(({ start, shadow }) => !shadow && Date.parse(start) > Date.parse(my.at));
  return (
    <Panel title={w.now}>
      {my.now.length === 0 ? (
        <p>{w.nowOff}</p>
      ) : (
        <ul className={styles.now}>
          {my.now.map(({ team, until }) => (
            <li key={team}>
              <strong className={styles.on}>{w.nowOn(team)}</strong>{" "}
              <span>{until === null ? w.nowAlways : w.nowUntil(time(until))}</span>
            </li>
          ))}
        </ul>
      )}
      {my.now.length === 0 && next !== undefined && <p>{w.next(time(next.start))}</p>}
    </Panel>
  );
}

/** As many as fit above the contacts. */
const SHOWN_AT_FIRST = 6;

/** One's next shifts, in order of time. */
export function ShiftsPanel({ my }: { readonly my: ShownMy }) {
  const w = useWords(words);
  const { more } = useWords(shared);
  const maySee = useMay("roster.read");
  const [all, setAll] = useState(false);
  const shown = all ? my.shifts : my.shifts.slice(0, SHOWN_AT_FIRST);
  return (
    <Panel
      title={w.shifts(my.days)}
      flush={my.shifts.length > 0}
      acts={
        maySee && (
          <LinkButton to="/schedule?show=mine" icon="calendar" size="small">
            {w.inSchedule}
          </LinkButton>
        )
      }
    >
      {my.shifts.length === 0 ? (
        <p className={styles.quiet}>{w.noShifts(my.days)}</p>
      ) : (
        <ul className={styles.shifts}>
          {shown.map((shift) => (
            <ShiftRow key={`${shift.rotation} ${shift.start} ${shift.end}`} shift={shift} />
          ))}
          {shown.length < my.shifts.length && (
            <li className={styles.shift}>
              <Button size="small" onPress={() => setAll(true)}>
                {`${more} (${my.shifts.length - shown.length})`}
              </Button>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}

/** A shift; what can be done about it (a swap, 대신 부탁) is done in the schedule. */
function ShiftRow({ shift }: { readonly shift: ShownOwnShift }) {
  const w = useWords(words);
  const time = useTimeText();
  const isOneDay = time(shift.start, "day") === time(shift.end, "day");
  const instead = shift.insteadOf.join(", ");
  return (
    <li className={styles.shift}>
      <span className={styles.times}>
        <Time at={shift.start} only="absolute" /> ~ <Time at={shift.end} only={isOneDay ? "clock" : "absolute"} />
      </span>
      <span className={styles.chips}>
        <strong>{shift.team}</strong>
        <span className={styles.quiet}>{shift.rotationName}</span>
        {shift.others.length > 0 && <span className={styles.quiet}>{w.with(shift.others.join(", "))}</span>}
        {shift.because === "override" && <Chip tone="info">{w.override(instead)}</Chip>}
        {shift.because === "leave" && <Chip tone="info">{w.leave(instead)}</Chip>}
        {shift.shadow && <Chip>{w.shadow}</Chip>}
      </span>
    </li>
  );
}
