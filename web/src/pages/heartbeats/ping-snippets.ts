export const PING_SNIPPETS = ["curl", "cron", "cronExit", "systemd"] as const;
export type PingSnippet = (typeof PING_SNIPPETS)[number];

type Comments = { readonly job: string; readonly edit: string; readonly failed: string };

const CURL = "curl -fsS -m 10 --retry 5 -o /dev/null";

/** What to put where the job runs. A percent sign means something to cron and to systemd, and is written for each. */
export function pingSnippets(address: string, { job, edit, failed }: Comments): Readonly<Record<PingSnippet, string>> {
  const inCron = address.replaceAll("%", "\\%");
  const inUnit = address.replaceAll("%", "%%");
  return {
    curl: `${CURL} ${address}`,
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
  };
}
