import { MONITOR_SOURCE } from "../../ingest/monitor/monitor.ts";
import type { Queries } from "../../store/store.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";

const PAGE = 1_000;

/** Every open alert that Bongsu's own measuring made: their ids begin with the integration, and pages go by id. */
export async function* openMonitorAlerts(queries: Pick<Queries, "openAlerts">): AsyncGenerator<Alert> {
  const prefix = `${MONITOR_SOURCE}:`;
  for (let after = prefix as AlertId; ; ) {
    const alerts = await queries.openAlerts(after, PAGE);
    for (const alert of alerts) {
      if (!alert.id.startsWith(prefix)) return;
      yield alert;
    }
    const last = alerts.at(-1);
    if (last === undefined || alerts.length < PAGE) return;
    after = last.id;
  }
}
