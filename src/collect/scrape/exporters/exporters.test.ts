import assert from "node:assert/strict";
import { test } from "node:test";
import { parseExposition } from "../parse-exposition.ts";
import { Reading } from "../reading.ts";
import { blackboxExporter } from "./blackbox.ts";
import { mysqldExporter } from "./mysqld.ts";

function translate(exporter: typeof blackboxExporter, text: string): readonly string[] {
  const parsed = parseExposition(text, "prometheus");
  assert.ok("samples" in parsed);
  const reading = new Reading(parsed.samples);
  assert.ok(exporter.recognizes(reading));
  return exporter
    .translate({ reading, host: "here", target: "t", at: 1_000_000_000_000, known: new Set() })
    .map(({ metric, labels, value }) => {
      const others = Object.fromEntries(Object.entries(labels).filter(([name]) => name !== "target"));
      return `${metric}${JSON.stringify(others)} ${value}`;
    });
}

test("a ping of blackbox_exporter is a network check with the round trip's time", () => {
  const ping = `probe_dns_lookup_time_seconds 0.01
probe_duration_seconds 0.05
probe_icmp_duration_seconds{phase="resolve"} 0.01
probe_icmp_duration_seconds{phase="rtt"} 0.004
probe_icmp_duration_seconds{phase="setup"} 0.001
probe_icmp_reply_hop_limit 57
probe_ip_protocol 4
probe_success 1
`;
  assert.deepEqual(translate(blackboxExporter, ping), [
    'network_check_up{"check":"ping"} 1',
    'network_check_seconds{"check":"ping"} 0.004',
  ]);
});

test("TLS tells when the certificate ends, and a name that is not answered is down", () => {
  const tls = "probe_success 1\nprobe_duration_seconds 0.2\nprobe_ssl_earliest_cert_expiry 1.0000864e+09\n";
  assert.deepEqual(translate(blackboxExporter, tls), [
    'network_check_up{"check":"tls"} 1',
    'network_check_seconds{"check":"tls"} 0.2',
    "tls_expiry_seconds{} 86400",
  ]);
  const dns = 'probe_success 0\nprobe_duration_seconds 2\nprobe_dns_duration_seconds{phase="request"} 0\n';
  assert.deepEqual(translate(blackboxExporter, dns), ['network_check_up{"check":"dns"} 0']);
});

test("mysqld_exporter tells a dead server by mysql_up alone, and channels by name", () => {
  assert.deepEqual(translate(mysqldExporter, "mysql_up 0\n"), ["database_up{} 0"]);
  const replica = `mysql_up 1
mysql_slave_status_slave_io_running{channel_name="",connection_name="east",master_host="db1"} 1
mysql_slave_status_slave_sql_running{channel_name="",connection_name="east",master_host="db1"} 0
mysql_slave_status_seconds_behind_master{channel_name="",connection_name="east",master_host="db1"} 7
mysql_global_status_wsrep_cluster_size 3
mysql_global_status_wsrep_ready 1
mysql_global_status_wsrep_cluster_status 1
mysql_global_status_wsrep_local_state 2
`;
  assert.deepEqual(translate(mysqldExporter, replica), [
    "database_up{} 1",
    "database_galera_cluster_size{} 3",
    "database_galera_ready{} 1",
    "database_galera_primary{} 1",
    "database_galera_synced{} 0",
    'database_replication_running{"channel":"east"} 0',
    'database_replication_lag_seconds{"channel":"east"} 7',
  ]);
});
