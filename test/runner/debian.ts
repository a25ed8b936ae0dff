import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Where Debian's browser is; what a person with a Hangul keyboard sees needs letters too. */
export const CHROMIUM = "/usr/bin/chromium";
export const KOREAN_FONT = "/usr/share/fonts/truetype/nanum/NanumGothic.ttf";

/** The files that suites use as real peers, and the Debian package each comes in. */
const PEERS: Readonly<Record<string, string>> = {
  "/usr/sbin/mariadbd": "mariadb-server",
  "/usr/bin/prometheus": "prometheus",
  "/usr/bin/prometheus-alertmanager": "prometheus-alertmanager",
  "/usr/bin/prometheus-node-exporter": "prometheus-node-exporter",
  "/usr/bin/prometheus-mysqld-exporter": "prometheus-mysqld-exporter",
  "/usr/bin/prometheus-blackbox-exporter": "prometheus-blackbox-exporter",
  "/usr/bin/victoria-metrics": "victoria-metrics",
  "/usr/sbin/ip": "iproute2",
  "/usr/bin/ping": "iputils-ping",
  "/usr/bin/openssl": "openssl",
  [CHROMIUM]: "chromium",
  [KOREAN_FONT]: "fonts-nanum",
};

const APT_TIMEOUT_MS = 300_000;

/**
 * Installs what is missing of the peers, where this is Debian and we are root; says what it does. Where it cannot, the
 * suites that need a peer skip with that reason.
 */
export function needDebian(): void {
  const missing = Object.entries(PEERS).filter(([program]) => !existsSync(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const because = cannotInstall();
  if (because !== undefined) {
    console.log(`not installed: ${packages.join(", ")} (${because}); the tests that need them are skipped`);
    return;
  }
  console.log(`installing from Debian: ${packages.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { env, timeout: APT_TIMEOUT_MS, encoding: "utf8" } as const;
  const update = spawnSync("apt-get", ["update", "-q"], options);
  const install = spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], options);
  if (install.status !== 0) {
    console.log(
      `apt-get could not install them; the tests that need them are skipped\n${update.stderr}${install.stderr}`,
    );
  }
}

/** Why a suite that needs these programs has to be skipped; undefined where they are there. */
export function missingPeer(...programs: readonly string[]): string | undefined {
  const program = programs.find((one) => !existsSync(one));
  return program === undefined
    ? undefined
    : `${program} is not installed (Debian package ${PEERS[program] ?? "unknown"})`;
}

function cannotInstall(): string | undefined {
  if (process.env.BONGSU_TEST_NO_APT === "1") return "BONGSU_TEST_NO_APT=1";
  if (!existsSync("/usr/bin/apt-get")) return "no apt-get here";
  if (process.getuid?.() !== 0) return "not root";
  return undefined;
}
