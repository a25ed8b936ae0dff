import { memo } from "react";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { Button } from "../../kit/button.tsx";
import { Notice } from "../../kit/page.tsx";
import { useLengthText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import type { GridActs } from "./calendar-grid.tsx";
import { useCast } from "./cast.tsx";
import { doubleBooked, entriesOf, spanOf } from "./shifts-shown.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** Said above the calendar, so that nobody has to look for it: where nobody is on duty though the policy wants it. */
export const TroublesNotice = memo(function TroublesNotice({
  schedule,
  acts,
}: {
  readonly schedule: ShownSchedule;
  readonly acts: GridActs;
}) {
  const w = useWords(words);
  const when = useWhen();
  const length = useLengthText();
  const { names } = useCast();
  const gaps = schedule.teams
    .filter(({ aroundTheClock }) => aroundTheClock)
    .flatMap((team) => team.gaps.map((gap) => ({ team, gap: spanOf(gap) })))
    .toSorted((one, other) => one.gap.start - other.gap.start);
  const { people: twice } = doubleBooked(schedule.teams.flatMap(entriesOf));
  const [first] = gaps;
  const rotation = first?.team.rotations[0];
  return (
    <>
      {first !== undefined && (
        <Notice tone="bad">
          <p>
            <strong>
              {w.gapsTitle(gaps.length, length(gaps.reduce((sum, { gap }) => sum + gap.end - gap.start, 0)))}
            </strong>
          </p>
          <p>
            {w.gapsFirst}: {first.team.name}, {when.span(first.gap)}
          </p>
          {acts.makeOverride !== undefined && rotation !== undefined && (
            <p>
              <Button size="small" onPress={() => acts.makeOverride?.({ ...first.gap, rotation })}>
                {w.fill}
              </Button>
            </p>
          )}
        </Notice>
      )}
      {twice.size > 0 && (
        <Notice tone="warn">
          {[...twice].map(([person, [part]]) => (
            <p key={person}>{w.twice(names([person]), part === undefined ? "" : when.span(part))}</p>
          ))}
        </Notice>
      )}
    </>
  );
});
