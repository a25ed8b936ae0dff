import { Fault } from "../../fault/fault.ts";
import type { ShownMonitor, ShownMonitors, ShownSeries } from "../../http/wire/monitors.ts";
import { monitorCliSaid as said } from "../../locale/monitor-cli.ts";
import { timeText } from "../../locale/page.ts";
import { stateWords, subjectOf, valueText } from "../../monitor/words.ts";
import { fromIso } from "../../time/instant.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { table } from "../print.ts";

export const monitorCommand: Command = {
  name: "monitor",
  summary: {
    ko: "정책의 모니터링 항목마다 무엇이 지켜보고 지금 어떤지",
    en: "what watches each monitored item of the policy, and how it stands",
  },
  usage: ["monitor [list]", "monitor show ID"],
  options: serverOptions,
  async run(call) {
    const verb = call.words[0] ?? "list";
    if (verb === "list") return list(call);
    if (verb === "show") return show(call, call.word(1, "ID"));
    throw new Fault("usage", { got: verb, expected: "list or show" });
  },
};

/** Beyond so many series nobody reads of which hours each was learned. */
const USUAL_SHOWN_MAX = 10;

/** Exit code 1 where an item of the document is watched by nothing, or something fires. */
async function list(call: Call): Promise<number> {
  const { locale } = call;
  const shown = await clientOf(call).get<ShownMonitors>("/api/v1/monitors");
  const byId = new Map(shown.monitors.map((monitor) => [monitor.id, monitor]));
  const lines = shown.areas.flatMap((area) => {
    const items = area.items.flatMap((item) => {
      const seen = item.monitors.map((id) => byId.get(id)).filter((one) => one !== undefined && one.seriesCount > 0);
      if (item.series === 0) return [[`  ${item.name}`, said.nothing(item)[locale], "", ""]];
      return seen.map((one, nth) => [`  ${nth === 0 ? item.name : ""}`, ...cells(one, call)]);
    });
    const rest = area.rest
      .map((id) => byId.get(id))
      .filter((one) => one !== undefined && one.seriesCount > 0)
      .map((one) => ["  ·", ...cells(one, call)]);
    return items.length + rest.length === 0 ? [] : [area.title, table([...items, ...rest])];
  });
  call.print(lines.join("\n"), shown);
  const isWhole = shown.areas.every(({ items }) => items.every(({ series }) => series > 0));
  return isWhole && shown.monitors.every(({ state }) => state !== "firing") ? 0 : 1;
}

function cells(monitor: ShownMonitor | undefined, call: Call): readonly string[] {
  if (monitor === undefined) return [];
  const [worst] = monitor.series;
  return [
    monitor.title,
    said.state(monitor)[call.locale],
    worst === undefined ? "" : seriesText(monitor, worst, call),
    monitor.seriesCount > 1 ? said.more({ count: monitor.seriesCount })[call.locale] : "",
  ];
}

async function show(call: Call, id: string): Promise<number> {
  const { locale } = call;
  const monitor = await clientOf(call).get<ShownMonitor>(`/api/v1/monitors/${encodeURIComponent(id)}`);
  const rows = monitor.series.map((one) => [
    `  ${seriesText(monitor, one, call)}`,
    said.state(one)[locale],
    one.incident === null ? "" : `INC-${one.incident}`,
    one.lastAt === null ? "" : timeText(fromIso(one.lastAt) ?? 0, call.config.zone, locale),
  ]);
  const usual = monitor.series.flatMap((one) =>
    one.usualWords === null ? [] : [`  ${subjectOf(one.labels)}: ${one.usualWords}`],
  );
  call.print(
    [
      monitor.title,
      said.rule(monitor)[locale],
      ...monitor.warnings.map((warning) => `! ${warning}`),
      ...usual.slice(0, USUAL_SHOWN_MAX),
      ...(rows.length === 0 ? [] : [table(rows)]),
    ].join("\n"),
    monitor,
  );
  return monitor.state === "firing" ? 1 : 0;
}

function seriesText(monitor: ShownMonitor, { labels, value }: ShownSeries, { locale }: Call): string {
  const told =
    value === null
      ? "-"
      : (stateWords(monitor.rule.query.metric, value)?.[locale] ?? valueText(value, monitor.unit, locale));
  return `${subjectOf(labels)} ${told}`.trim();
}
