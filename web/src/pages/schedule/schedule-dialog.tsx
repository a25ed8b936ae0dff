import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { FeedsDialog } from "./feeds-dialog.tsx";
import { HolidaysDialog } from "./holidays-dialog.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { LeaveShown } from "./leave-shown.tsx";
import { OverrideDialog } from "./override-dialog.tsx";
import { ShiftDialog } from "./shift-dialog.tsx";
import { entriesOf, type Span } from "./shifts-shown.ts";

/** What is open above the calendar. */
export type ScheduleDialogOpen =
  | { readonly is: "shift"; readonly key: string }
  | { readonly is: "override"; readonly from?: Span & { readonly rotation: string } }
  | { readonly is: "show-leave"; readonly id: string }
  | { readonly is: "leave" | "holidays" | "feeds" };

export function ScheduleDialog({
  open,
  schedule,
  onOpen,
  onClose,
}: {
  readonly open: ScheduleDialogOpen;
  readonly schedule: ShownSchedule;
  readonly onOpen: (open: ScheduleDialogOpen) => void;
  readonly onClose: () => void;
}) {
  const facts = { schedule, onClose };
  switch (open.is) {
    case "shift": {
      const entry = schedule.teams.flatMap(entriesOf).find(({ key }) => key === open.key);
      return entry && <ShiftDialog key={entry.key} entry={entry} onOpen={onOpen} {...facts} />;
    }
    case "show-leave": {
      const leave = schedule.leaves.find(({ id }) => id === open.id);
      return leave && <LeaveShown leave={leave} onClose={onClose} />;
    }
    case "override":
      return <OverrideDialog {...(open.from === undefined ? {} : { from: open.from })} {...facts} />;
    case "leave":
      return <LeaveDialog {...facts} />;
    case "holidays":
      return <HolidaysDialog {...facts} />;
    case "feeds":
      return <FeedsDialog {...facts} />;
  }
}
