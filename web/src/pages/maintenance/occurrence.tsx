import type { ShownOccurrence } from "../../../../src/http/wire/maintenance.ts";
import { useTimeText, useZone } from "../../kit/time.tsx";

/** From when to when in the reader's own zone, which is named where the window's is another. */
export function OccurrenceText({
  occurrence: { start, end },
  zone,
}: {
  readonly occurrence: ShownOccurrence;
  readonly zone: string;
}) {
  const text = useTimeText();
  const own = useZone();
  const isSameDay = text(start, "day") === text(end, "day");
  return (
    <>
      <time dateTime={start}>{text(start)}</time>–<time dateTime={end}>{text(end, isSameDay ? "clock" : "full")}</time>
      {own !== zone && ` (${own})`}
    </>
  );
}
