import { type Exporter, Told } from "../exporter.ts";
import type { Reading } from "../reading.ts";

/** What blackbox_exporter calls a phase, and what we do. */
const PHASES: Readonly<Record<string, string>> = {
  resolve: "dns",
  connect: "connect",
  tls: "tls",
  processing: "first-byte",
  transfer: "transfer",
};

/** Prometheus' blackbox_exporter; the target's URL is that of a probe: `/probe?module=…&target=…`. */
export const blackboxExporter: Exporter = {
  name: "blackbox",
  recognizes: (reading) => reading.has("probe_success"),
  translate({ reading, target, at }) {
    const told = new Told();
    const isUp = reading.value("probe_success");
    const seconds = reading.value("probe_duration_seconds");
    if (reading.has("probe_http_status_code")) {
      const status = reading.value("probe_http_status_code");
      told.tell("http_up", { target }, isUp);
      // 0 is no status: no answer came.
      told.tell("http_status_code", { target }, status === 0 ? undefined : status);
      if (status !== 0) told.tell("http_response_seconds", { target }, seconds);
      for (const { labels, value } of reading.all("probe_http_duration_seconds")) {
        const phase = PHASES[labels.phase ?? ""];
        if (phase !== undefined && value > 0) told.tell("http_phase_seconds", { target, phase }, value);
      }
    } else {
      const check = checkOf(reading);
      told.tell("network_check_up", { target, check }, isUp);
      if (isUp === 1) told.tell("network_check_seconds", { target, check }, roundTrip(reading) ?? seconds);
    }
    const ends = reading.value("probe_ssl_earliest_cert_expiry");
    // Before year 1 where no certificate came.
    if (ends !== undefined && ends > 0) told.tell("tls_expiry_seconds", { target }, ends - at / 1_000);
    return told.samples;
  },
};

function checkOf(reading: Reading): string {
  if (reading.has("probe_icmp_duration_seconds")) return "ping";
  if (reading.has("probe_dns_duration_seconds") || reading.has("probe_dns_answer_rrs")) return "dns";
  return reading.has("probe_ssl_earliest_cert_expiry") ? "tls" : "tcp";
}

/** Of a ping, without looking up the name and opening the socket. */
function roundTrip(reading: Reading): number | undefined {
  return reading.value("probe_icmp_duration_seconds", { phase: "rtt" });
}
