import styles from "./calendar-band.module.css";
import type { GridActs } from "./calendar-grid.tsx";
import { type Day, placeIn } from "./days.ts";
import { LANE_REM, Lines } from "./lines.tsx";
import type { Row } from "./rows.ts";
import { GapBar, ShiftBar } from "./shift-bar.tsx";
import type { Doubles, Span } from "./shifts-shown.ts";
import { type Drawn, useDraw } from "./use-draw.ts";

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;

/** The shifts of a team, or of a rotation, in their lanes; with the gaps over all of them. */
export function RowTrack({
  days,
  band,
  row,
  doubles,
  now,
  acts,
}: {
  readonly days: readonly Day[];
  readonly band: Span;
  readonly row: Row;
  readonly doubles: Doubles["parts"];
  readonly now: number;
  readonly acts: GridActs;
}) {
  // A layer only explains what the team's row is made of.
  const makeOverride = row.layer === undefined ? acts.makeOverride : undefined;
  const lanes = Math.max(1, row.lanes.length);
  const draw = ({ start, end, y }: Drawn): void => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const lane = row.lanes[Math.floor(y / (LANE_REM * rem))];
    const under = lane?.find((entry) => entry.start <= start && start < entry.end) ?? lane?.[0];
    const rotation = under?.shift.rotation ?? row.team.rotations[0];
    if (rotation !== undefined) makeOverride?.({ start, end, rotation });
  };
  const { drawn, handlers } = useDraw(days, days.length === 1 ? QUARTER_MS : HOUR_MS, makeOverride && draw);
  const drawnPlace = drawn && placeIn(band, drawn);
  const fill = row.team.rotations[0];
  return (
    <div
      className={styles.track}
      data-draws={makeOverride !== undefined}
      style={{ height: `${lanes * LANE_REM}rem` }}
      {...handlers}
    >
      <Lines days={days} band={band} now={now} />
      {row.lanes.map((lane, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place.
        <ul key={nth} className={styles.list} data-row={`${row.key}|${nth}`}>
          {nth === 0 && <Gaps row={row} band={band} fill={fill} makeOverride={makeOverride} />}
          {lane.map((entry) => {
            const place = placeIn(band, entry);
            return (
              place && (
                <li key={entry.key} className={styles.lane} style={{ top: `${nth * LANE_REM}rem` }}>
                  <ShiftBar
                    isLayer={row.layer !== undefined}
                    entry={entry}
                    place={place}
                    isDouble={doubles.has(entry.key)}
                    isNow={entry.start <= now && now < entry.end}
                    isCut={{ start: entry.start < band.start, end: entry.end > band.end }}
                    onOpen={acts.open}
                  />
                  {row.layer === undefined &&
                    doubles.get(entry.key)?.map((part) => {
                      const twice = placeIn(band, part);
                      return (
                        twice && (
                          <span
                            key={part.start}
                            aria-hidden="true"
                            className={styles.twice}
                            style={{ left: `${twice.left}%`, width: `${twice.width}%` }}
                          />
                        )
                      );
                    })}
                </li>
              )
            );
          })}
        </ul>
      ))}
      {drawnPlace !== undefined && (
        <span
          aria-hidden="true"
          className={styles.drawn}
          style={{ left: `${drawnPlace.left}%`, width: `${drawnPlace.width}%` }}
        />
      )}
    </div>
  );
}

function Gaps({
  row,
  band,
  fill,
  makeOverride,
}: {
  readonly row: Row;
  readonly band: Span;
  readonly fill: string | undefined;
  readonly makeOverride: GridActs["makeOverride"];
}) {
  return row.gaps.map((gap) => {
    const place = placeIn(band, gap);
    return (
      place && (
        <li key={gap.start} className={styles.gap} style={{ height: `${row.dutyLanes * LANE_REM}rem` }}>
          <GapBar
            gap={gap}
            place={place}
            team={row.team.name}
            isBad={row.team.aroundTheClock}
            onOpen={
              makeOverride === undefined || fill === undefined
                ? undefined
                : () => makeOverride({ ...gap, rotation: fill })
            }
          />
        </li>
      )
    );
  });
}
