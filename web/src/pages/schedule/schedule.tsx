import { useMemo, useRef, useState } from "react";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { useMay, useSignedIn } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { useNow } from "../../kit/clock.ts";
import { useKey, useKeyText } from "../../kit/keys.tsx";
import { useIsPhone } from "../../kit/media.ts";
import { Empty, Loaded, Page } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ProofPanel } from "../proof/proof-summary.tsx";
import { Agenda } from "./agenda.tsx";
import { CalendarGrid, type GridActs } from "./calendar-grid.tsx";
import { CastProvider } from "./cast.tsx";
import type { Day } from "./days.ts";
import { Legend } from "./legend.tsx";
import { RequestsPanel } from "./requests-panel.tsx";
import { ScheduleDialog, type ScheduleDialogOpen } from "./schedule-dialog.tsx";
import { ScheduleTabs } from "./schedule-tabs.tsx";
import { ShiftFinder } from "./shift-finder.tsx";
import { entriesOf } from "./shifts-shown.ts";
import { Toolbar } from "./toolbar.tsx";
import { TroublesNotice } from "./troubles-notice.tsx";
import { type ScheduleWish, useSchedule, useScheduleWish } from "./use-schedule.ts";
import { words } from "./words.ts";

/** Who is on duty when: exactly what the server pages by, and what people change about it. */
export function SchedulePage() {
  const w = useWords(words);
  const zone = useZone();
  const isPhone = useIsPhone();
  const [wish, change] = useScheduleWish(zone);
  const query = useSchedule(wish, zone, isPhone ? "list" : "grid");
  const [open, setOpen] = useState<ScheduleDialogOpen>();
  return (
    <Page title={w.title} wide acts={<Acts onOpen={setOpen} />}>
      <ScheduleTabs />
      <Loaded query={query}>
        {({ days, schedule }) => (
          <CastProvider people={schedule.people} rotations={schedule.rotations}>
            <ScheduleView {...{ wish, days, schedule, zone, isPhone, change }} onOpen={setOpen} />
            {open !== undefined && (
              <ScheduleDialog open={open} schedule={schedule} onOpen={setOpen} onClose={() => setOpen(undefined)} />
            )}
          </CastProvider>
        )}
      </Loaded>
    </Page>
  );
}

function Acts({ onOpen }: { readonly onOpen: (open: ScheduleDialogOpen) => void }) {
  const w = useWords(words);
  const mayEdit = useMay("roster.edit");
  // Without a person of the roster there is nobody whose leave it could be, but for those who plan.
  const mayOwn = useMay("schedule.own");
  const isSomebody = useSignedIn().account.person !== null;
  const mayLeave = mayEdit || (mayOwn && isSomebody);
  const key = useKeyText("newOverride");
  return (
    <>
      {mayEdit && (
        <Button
          look="main"
          icon="add"
          title={key === "" ? w.override.title : `${w.override.title} (${key})`}
          onPress={() => onOpen({ is: "override" })}
        >
          {w.override.act}
        </Button>
      )}
      {mayLeave && (
        <Button icon="snooze" onPress={() => onOpen({ is: "leave" })}>
          {w.leave.act}
        </Button>
      )}
      {mayEdit && (
        <Button icon="calendar" onPress={() => onOpen({ is: "holidays" })}>
          {w.holidays.act}
        </Button>
      )}
      {mayOwn && (
        <Button icon="link" onPress={() => onOpen({ is: "feeds" })}>
          {w.feeds.act}
        </Button>
      )}
    </>
  );
}

function ScheduleView({
  wish,
  days,
  schedule,
  zone,
  isPhone,
  change,
  onOpen,
}: {
  readonly wish: ScheduleWish;
  readonly days: readonly Day[];
  readonly schedule: ShownSchedule;
  readonly zone: string;
  readonly isPhone: boolean;
  readonly change: (change: Partial<ScheduleWish>) => void;
  readonly onOpen: (open: ScheduleDialogOpen) => void;
}) {
  const w = useWords(words);
  const mayEdit = useMay("roster.edit");
  const mayOwn = useMay("schedule.own");
  const me = schedule.people.find(({ mine }) => mine)?.id;
  const find = (on: string, key: string): void => {
    change({ on, show: "" });
    onOpen({ is: "shift", key });
  };
  const now = useNow(10_000);
  const shown = useMemo(() => shownOf(schedule, wish.show), [schedule, wish.show]);
  // The calendar is hundreds of bars: a dialog that opens over it draws none of them anew.
  const latest = useRef(change);
  latest.current = change;
  const acts = useMemo(
    (): GridActs => ({
      open: (entry) => onOpen({ is: "shift", key: entry.key }),
      openDay: (on) => latest.current({ view: "day", on }),
      openLeave: (id) => onOpen({ is: "show-leave", id }),
      ...(mayEdit ? { makeOverride: (from) => onOpen({ is: "override", from }) } : {}),
    }),
    [mayEdit, onOpen],
  );
  useKey("newOverride", mayEdit ? () => onOpen({ is: "override", ...focused(schedule) }) : undefined);
  if (schedule.teams.length === 0)
    return (
      <Empty icon="team" act={<LinkButton to="/settings/teams">{w.toTeams}</LinkButton>}>
        {w.noTeams}
      </Empty>
    );
  return (
    <>
      <RequestsPanel schedule={schedule} />
      <Toolbar
        wish={wish}
        days={days}
        zone={zone}
        schedule={schedule}
        isPhone={isPhone}
        finder={me !== undefined && mayOwn && <ShiftFinder me={me} zone={zone} onFind={find} />}
        onChange={change}
      />
      <TroublesNotice schedule={shown} acts={acts} />
      {isPhone ? (
        <Agenda schedule={shown} days={days} now={now} acts={acts} />
      ) : (
        <>
          <CalendarGrid
            schedule={shown}
            days={days}
            month={wish.view === "month" ? wish.on.slice(0, 7) : undefined}
            now={now}
            acts={acts}
          />
          <Legend />
        </>
      )}
      <ProofPanel />
    </>
  );
}

/** The shift that has the focus is what a new override is for. */
function focused(schedule: ShownSchedule): { readonly from?: { start: number; end: number; rotation: string } } {
  const key = document.activeElement?.closest<HTMLElement>("[data-shift]")?.dataset.shift;
  const found = schedule.teams.flatMap(entriesOf).find((entry) => entry.key === key);
  return found === undefined ? {} : { from: { start: found.start, end: found.end, rotation: found.shift.rotation } };
}

/** Of a schedule what somebody wants to see: everything, one team, or their own shifts. */
function shownOf(schedule: ShownSchedule, show: string): ShownSchedule {
  if (show.startsWith("team:")) {
    const teams = schedule.teams.filter(({ name }) => name === show.slice("team:".length));
    return teams.length === 0 ? schedule : { ...schedule, teams };
  }
  const me = schedule.people.find(({ mine }) => mine)?.id;
  if (show !== "mine" || me === undefined) return schedule;
  return {
    ...schedule,
    leaves: schedule.leaves.filter(({ person }) => person === me),
    teams: schedule.teams
      .filter(({ members, shifts }) => members.includes(me) || shifts.some(({ people }) => people.includes(me)))
      .map((team) => ({ ...team, gaps: [], shifts: team.shifts.filter(({ people }) => people.includes(me)) })),
  };
}
