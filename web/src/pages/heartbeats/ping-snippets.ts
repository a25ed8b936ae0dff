const PING_SNIPPETS = ["curl", "wget", "cron", "cronExit", "systemd", "python", "node", "powershell"] as const;
export type PingSnippet = (typeof PING_SNIPPETS)[number];

/** What can be said at an address: one of another tool's form knows of successes alone. */
export function snippetsFor(address: string): readonly PingSnippet[] {
  const isOurs = address.includes("/ping/");
  return PING_SNIPPETS.filter((kind) => isOurs || (kind !== "cronExit" && kind !== "systemd"));
}

type Comments = { readonly job: string; readonly edit: string; readonly failed: string };

const CURL = "curl -fsS -m 10 --retry 5 -o /dev/null";
const WGET = "wget -q -T 10 -t 5 -O /dev/null";

/** What to put where the job runs. A percent sign means something to cron and to systemd, and is written for each. */
export function pingSnippets(address: string, { job, edit, failed }: Comments): Readonly<Record<PingSnippet, string>> {
  const inCron = address.replaceAll("%", "\\%");
  const inUnit = address.replaceAll("%", "%%");
  return {
    curl: `${CURL} ${address}`,
    wget: `${WGET} ${address}`,
    cron: `0 3 * * * ${job} && ${CURL} ${inCron}`,
    cronExit: `0 3 * * * ${CURL} ${inCron}/start; ${job}; ${CURL} ${inCron}/$?`,
    systemd: `# ${edit}
[Unit]
OnFailure=backup-failed.service
[Service]
ExecStartPre=-/usr/bin/${CURL} ${inUnit}/start
ExecStartPost=-/usr/bin/${CURL} ${inUnit}

# ${failed}
[Service]
Type=oneshot
ExecStart=/usr/bin/${CURL} ${inUnit}/fail`,
    python: `python3 -c "import urllib.request; urllib.request.urlopen('${address}', timeout=10)"`,
    node: `node -e "fetch('${address}', { signal: AbortSignal.timeout(10000) }).then((r) => { if (r.ok === false) throw Error(r.status) })"`,
    powershell: `Invoke-RestMethod -Uri '${address}' -TimeoutSec 10`,
  };
}
