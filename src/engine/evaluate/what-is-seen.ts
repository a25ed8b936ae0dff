import type { Seen } from "../../monitor/coverage.ts";
import type { MonitorId } from "../../monitor/monitor.ts";
import type { Instant } from "../../time/instant.ts";
import { MINUTE_MS } from "../../time/instant.ts";
import type { Evaluation } from "./evaluate-duty.ts";

/** What brought nothing for so long is not being watched any more, whatever it was. */
const SEEN_MS = 15 * MINUTE_MS;

/** How many series of a monitor brought something lately, and when the last. */
export function seenBy(evaluation: Evaluation, at: Instant): (monitor: MonitorId) => Seen {
  return (monitor) => {
    const times = evaluation
      .seriesOf(monitor)
      .flatMap(({ standing, exempt }) => (standing.valueAt === undefined || exempt ? [] : [standing.valueAt]));
    const lately = times.filter((time) => at - time <= SEEN_MS);
    return { series: lately.length, lastAt: times.length === 0 ? undefined : Math.max(...times) };
  };
}
