import { type ComponentType, createElement, type ReactNode, use } from "react";
import type { Permission } from "../../../src/access/permissions.ts";
import type { IconName } from "../kit/icon.tsx";
import { PAGE_KEYS } from "../kit/shortcuts.ts";

export type PageRoute = {
  readonly path: string;
  /** Its name in `words.ts` (`pages`), for navigation, palette and screenshots. */
  readonly name: string;
  readonly page: ComponentType;
  readonly icon: IconName;
  /** Where it stands in the navigation: `main` also on phones, `more` behind "more" there; none for details. */
  readonly nav?: "main" | "more";
  readonly permission?: Permission;
  /** The second key of its shortcut, after `g`. */
  readonly key?: string;
  /** For pages of one thing: a path that exists in the demo, for screenshots and accessibility tests. */
  readonly example?: string;
};

const loads = new Map<ComponentType, () => Promise<unknown>>();

/**
 * Loads a page when it is first shown. One that is there already is drawn at once: `lazy` would show the fallback first,
 * and React holds back what follows a fallback for 300 ms.
 */
function page<K extends string>(load: () => Promise<Readonly<Record<K, ComponentType>>>, name: K): ComponentType {
  let loaded: ComponentType | undefined;
  let loading: Promise<unknown> | undefined;
  const once = (): Promise<unknown> => {
    loading ??= load().then(
      (module) => {
        loaded = module[name];
      },
      (error: unknown) => {
        // A page that could not be fetched is tried again when it is next wanted.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  function Shown(): ReactNode {
    if (loaded === undefined) use(once());
    return loaded === undefined ? null : createElement(loaded);
  }
  loads.set(Shown, once);
  return Shown;
}

/** Every page that is behind the sign-in: one line each. */
export const routes: readonly PageRoute[] = [
  {
    path: "/",
    name: "now",
    icon: "now",
    nav: "main",
    key: PAGE_KEYS.now,
    page: page(() => import("../pages/now/now.tsx"), "Now"),
  },
  {
    path: "/incidents",
    name: "incidents",
    icon: "incidents",
    nav: "main",
    key: PAGE_KEYS.incidents,
    permission: "incidents.read",
    page: page(() => import("../pages/incidents/incidents.tsx"), "Incidents"),
  },
  {
    path: "/incidents/:number",
    name: "incident",
    icon: "incidents",
    example: "/incidents/1",
    page: page(() => import("../pages/incident/incident.tsx"), "IncidentPage"),
  },
  {
    path: "/incidents/:number/report",
    name: "report",
    icon: "note",
    permission: "incidents.read",
    example: "/incidents/1/report",
    page: page(() => import("../pages/report/report.tsx"), "ReportPage"),
  },
  {
    path: "/monitors",
    name: "monitors",
    icon: "monitor",
    nav: "more",
    key: PAGE_KEYS.monitors,
    permission: "monitors.read",
    page: page(() => import("../pages/monitors/monitors.tsx"), "MonitorsPage"),
  },
  {
    path: "/monitors/coverage",
    name: "coverage",
    icon: "policy",
    permission: "monitors.read",
    page: page(() => import("../pages/coverage/coverage.tsx"), "CoveragePage"),
  },
  {
    path: "/monitors/hosts",
    name: "hosts",
    icon: "wall",
    permission: "monitors.read",
    page: page(() => import("../pages/hosts/hosts.tsx"), "HostsPage"),
  },
  {
    path: "/monitors/hosts/:host",
    name: "host",
    icon: "wall",
    permission: "monitors.read",
    example: "/monitors/hosts/db-1",
    page: page(() => import("../pages/hosts/host.tsx"), "HostPage"),
  },
  {
    path: "/monitors/heartbeats",
    name: "heartbeats",
    icon: "beacon",
    permission: "monitors.read",
    page: page(() => import("../pages/heartbeats/heartbeats.tsx"), "HeartbeatsPage"),
  },
  {
    path: "/monitors/heartbeats/:id",
    name: "heartbeat",
    icon: "beacon",
    permission: "monitors.read",
    example: "/monitors/heartbeats/night-backup",
    page: page(() => import("../pages/heartbeats/heartbeat.tsx"), "HeartbeatPage"),
  },
  {
    path: "/monitors/targets",
    name: "targets",
    icon: "download",
    permission: "monitors.read",
    page: page(() => import("../pages/targets/targets.tsx"), "TargetsPage"),
  },
  {
    path: "/monitors/new",
    name: "monitor-new",
    icon: "add",
    permission: "monitors.edit",
    page: page(() => import("../pages/monitor-editor/monitor-page.tsx"), "NewMonitorPage"),
  },
  {
    path: "/monitors/:id/edit",
    name: "monitor-edit",
    icon: "edit",
    permission: "monitors.read",
    example: "/monitors/cpu-high/edit",
    page: page(() => import("../pages/monitor-editor/monitor-page.tsx"), "MonitorEditPage"),
  },
  {
    path: "/monitors/:id",
    name: "monitor",
    icon: "monitor",
    permission: "monitors.read",
    example: "/monitors/cpu-high",
    page: page(() => import("../pages/monitor/monitor.tsx"), "MonitorPage"),
  },
  {
    path: "/alerts",
    name: "alerts",
    icon: "alerts",
    nav: "more",
    key: PAGE_KEYS.alerts,
    permission: "alerts.read",
    page: page(() => import("../pages/alerts/alerts.tsx"), "Alerts"),
  },
  {
    path: "/silences",
    name: "silences",
    icon: "silence",
    nav: "more",
    key: PAGE_KEYS.silences,
    permission: "alerts.read",
    page: page(() => import("../pages/silences/silences.tsx"), "Silences"),
  },
  {
    path: "/maintenance",
    name: "maintenance",
    icon: "maintenance",
    nav: "more",
    key: PAGE_KEYS.maintenance,
    permission: "alerts.read",
    page: page(() => import("../pages/maintenance/maintenance.tsx"), "MaintenancePage"),
  },
  {
    path: "/schedule",
    name: "schedule",
    icon: "calendar",
    nav: "main",
    key: PAGE_KEYS.schedule,
    permission: "roster.read",
    page: page(() => import("../pages/schedule/schedule.tsx"), "SchedulePage"),
  },
  {
    path: "/schedule/rotations",
    name: "rotations",
    icon: "clock",
    permission: "roster.read",
    page: page(() => import("../pages/schedule-editor/rotations.tsx"), "Rotations"),
  },
  {
    path: "/schedule/rotations/new",
    name: "rotation-new",
    icon: "clock",
    permission: "roster.edit",
    page: page(() => import("../pages/schedule-editor/rotation-page.tsx"), "NewRotationPage"),
  },
  {
    path: "/schedule/rotations/:id",
    name: "rotation",
    icon: "clock",
    permission: "roster.read",
    example: `/schedule/rotations/${encodeURIComponent("L1 교대")}`,
    page: page(() => import("../pages/schedule-editor/rotation-page.tsx"), "RotationPage"),
  },
  {
    path: "/schedule/:team/now",
    name: "on-duty",
    icon: "calendar",
    permission: "roster.read",
    example: "/schedule/L1 지원팀/now",
    page: page(() => import("../pages/schedule/on-duty-now.tsx"), "OnDutyNow"),
  },
  {
    path: "/my",
    name: "my",
    icon: "person",
    nav: "more",
    key: PAGE_KEYS.my,
    page: page(() => import("../pages/my/my.tsx"), "MyPage"),
  },
  {
    path: "/schedule/rota",
    name: "rota",
    icon: "team",
    permission: "roster.edit",
    page: page(() => import("../pages/rota/rota.tsx"), "RotaPage"),
  },
  {
    path: "/schedule/load",
    name: "load",
    icon: "clock",
    permission: "roster.read",
    page: page(() => import("../pages/load/load.tsx"), "LoadPage"),
  },
  {
    path: "/schedule/reach",
    name: "reach",
    icon: "phone",
    permission: "roster.read",
    page: page(() => import("../pages/reach/reach.tsx"), "ReachPage"),
  },
  { path: "/wall", name: "wall", icon: "wall", page: page(() => import("../pages/now/wall.tsx"), "Wall") },
  {
    path: "/policy",
    name: "policy",
    icon: "policy",
    nav: "main",
    key: PAGE_KEYS.policy,
    permission: "policy.read",
    page: page(() => import("../pages/policy/policy.tsx"), "PolicyPage"),
  },
  {
    path: "/policy/versions",
    name: "versions",
    icon: "policy",
    permission: "policy.read",
    page: page(() => import("../pages/policy/versions.tsx"), "VersionsPage"),
  },
  {
    path: "/policy/diff",
    name: "policy-diff",
    icon: "policy",
    permission: "policy.read",
    page: page(() => import("../pages/policy/diff.tsx"), "DiffPage"),
  },
  {
    path: "/policy/edit",
    name: "policy-edit",
    icon: "edit",
    permission: "policy.activate",
    page: page(() => import("../pages/policy/edit.tsx"), "EditPage"),
  },
  {
    path: "/schedule/proof",
    name: "proof",
    icon: "check",
    permission: "roster.read",
    page: page(() => import("../pages/proof/proof.tsx"), "ProofPage"),
  },
  {
    path: "/simulate",
    name: "simulate",
    icon: "simulate",
    nav: "more",
    permission: "policy.read",
    page: page(() => import("../pages/simulate/simulate.tsx"), "SimulatePage"),
  },
  {
    path: "/simulate/backtest",
    name: "backtest",
    icon: "simulate",
    permission: "policy.read",
    page: page(() => import("../pages/backtest/backtest.tsx"), "BacktestPage"),
  },
  {
    path: "/settings",
    name: "settings",
    icon: "settings",
    nav: "more",
    key: PAGE_KEYS.settings,
    permission: "roster.read",
    page: page(() => import("../pages/settings/settings.tsx"), "Settings"),
  },
  {
    path: "/settings/people",
    name: "people",
    icon: "person",
    permission: "roster.read",
    page: page(() => import("../pages/settings/people.tsx"), "People"),
  },
  {
    path: "/settings/teams",
    name: "teams",
    icon: "team",
    permission: "roster.read",
    page: page(() => import("../pages/settings/teams.tsx"), "Teams"),
  },
  {
    path: "/settings/services",
    name: "services",
    icon: "now",
    permission: "roster.read",
    page: page(() => import("../pages/settings/services.tsx"), "Services"),
  },
  {
    path: "/settings/channels",
    name: "channels",
    icon: "send",
    permission: "roster.read",
    page: page(() => import("../pages/settings/channels.tsx"), "Channels"),
  },
  {
    path: "/settings/integrations",
    name: "integrations",
    icon: "link",
    permission: "integrations.read",
    page: page(() => import("../pages/settings/integrations.tsx"), "Integrations"),
  },
  {
    path: "/settings/tokens",
    name: "tokens",
    icon: "key",
    permission: "tokens.edit",
    page: page(() => import("../pages/settings/tokens.tsx"), "Tokens"),
  },
  {
    path: "/settings/audit",
    name: "audit",
    icon: "note",
    permission: "audit.read",
    page: page(() => import("../pages/settings/audit.tsx"), "Audit"),
  },
  {
    path: "/welcome",
    name: "welcome",
    icon: "beacon",
    permission: "onboarding.edit",
    page: page(() => import("../pages/welcome/welcome.tsx"), "Welcome"),
  },
  {
    path: "/account",
    name: "account",
    icon: "person",
    page: page(() => import("../pages/account/account.tsx"), "AccountPage"),
  },
  {
    path: "/settings/accounts",
    name: "accounts",
    icon: "person",
    permission: "accounts.edit",
    page: page(() => import("../pages/accounts/accounts.tsx"), "AccountsPage"),
  },
];

/** Fetches the page of an address while it is still being found out who asks. */
export async function loadPageOf(path: string): Promise<void> {
  const parts = path.split("/");
  const route = routes.find((one) => {
    const wanted = one.path.split("/");
    return wanted.length === parts.length && wanted.every((part, nth) => part.startsWith(":") || part === parts[nth]);
  });
  // What fails is told when the page is to be shown.
  if (route !== undefined)
    await loads
      .get(route.page)?.()
      .catch(() => {});
}
