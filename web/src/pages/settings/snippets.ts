/** What senders need, with the server's own address; the token is filled in while it is known. */
export function snippetsFor(publicUrl: string, token: string): Readonly<Record<SnippetKind, string>> {
  const url = new URL(publicUrl);
  return {
    curl: `curl -sS -X POST ${publicUrl}/api/v1/signals \\
  -H 'Authorization: Bearer ${token}' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "key": "first-signal",
    "title": "첫 신호 / first signal",
    "severity": "info",
    "labels": { "service": "bongsu-test" }
  }'`,
    prometheus: `# prometheus.yml
alerting:
  alertmanagers:
    - scheme: ${url.protocol.replace(":", "")}
      authorization:
        type: Bearer
        credentials: ${token}
      static_configs:
        - targets: ["${url.host}"]`,
    alertmanager: `# Grafana, vmalert, Loki: Alertmanager API v2
# vmalert
-notifier.url=${publicUrl}
-notifier.bearerToken=${token}

# amtool
amtool --alertmanager.url=${url.protocol}//bongsu:${token}@${url.host}/ alert add DiskFull service=db severity=critical`,
    pagerduty: `# PagerDuty Events API v2
# URL: ${publicUrl}/v2/enqueue
curl -sS -X POST ${publicUrl}/v2/enqueue \\
  -H 'Content-Type: application/json' \\
  -d '{
    "routing_key": "${token}",
    "event_action": "trigger",
    "dedup_key": "disk/db1",
    "payload": { "summary": "disk full", "source": "db1", "severity": "critical" }
  }'`,
  };
}

export const SNIPPET_KINDS = ["prometheus", "alertmanager", "pagerduty", "curl"] as const;
export type SnippetKind = (typeof SNIPPET_KINDS)[number];
