import type { Labels } from "../metric/sample.ts";
import type { Monitor } from "./monitor.ts";
import { areaOf } from "./quantity.ts";

/** What the alerts of a series carry: what silences and services are matched with. */
export function alertLabels(monitor: Monitor, labels: Labels): Labels {
  return {
    ...labels,
    service: monitor.service ?? labels.service ?? labels.host ?? labels.target ?? monitor.title,
    alertname: monitor.id,
    monitor: monitor.id,
    area: areaOf(monitor.quantity),
    ...(monitor.quantity === undefined ? {} : { item: monitor.quantity }),
  };
}
