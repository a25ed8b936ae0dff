/** What a monitor is called in addresses and in the keys of its alerts. */
export const MONITOR_ID = /^[a-z0-9][a-z0-9_-]{0,59}$/u;

/** As Prometheus has it. */
export const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/u;
