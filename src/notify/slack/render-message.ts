import { pageSaid } from "../../locale/page.ts";
import type { Address, Page } from "../channel.ts";
import { oneLine, wordsOf } from "../words.ts";

export type SlackMessage = {
  /** What the push notification shows. */
  readonly text: string;
  readonly blocks: readonly object[];
  /** Whether a reply in the thread is shown in the room as well: what has to wake people is. */
  readonly broadcast: boolean;
};

/** Slack's own limit for one section, with room for the escapes. */
const SECTION_LENGTH_MAX = 2_900;

export const ACKNOWLEDGE_ACTION = "bongsu_acknowledge";
export const RESOLVE_ACTION = "bongsu_resolve";

/** Only the policy's mention and the people's own ids call anybody: what an alert says is escaped and calls nobody. */
export function renderMessage(page: Page, address: Address): SlackMessage {
  const { headline, lines, description, because } = wordsOf(page);
  const calls: string[] = [];
  if (address.kind === "room") {
    if (address.mention !== undefined && page.urgency === "wake") calls.push(`<!${address.mention}>`);
    for (const person of address.people) {
      calls.push(
        person.address !== undefined && /^[UW][A-Z0-9]{2,}$/.test(person.address)
          ? `<@${person.address}>`
          : escaped(person.name),
      );
    }
  }
  const head = `${calls.join(" ")}${calls.length > 0 ? " " : ""}*${escaped(headline)}*`;
  const body = [...lines, ...(description === "" ? [] : ["", description])].map(escaped).join("\n");
  const small = [
    because === "" ? "" : escaped(because),
    ...page.links.filter(({ href }) => /^https?:\/\//.test(href)).map(linked),
  ].filter((one) => one !== "");
  const open = page.incident.state === "triggered" || page.incident.state === "acknowledged";
  const value = JSON.stringify({ incident: page.incident.number, delivery: page.delivery }).slice(0, 2_000);
  const button = (action: string, text: string, style?: string): object => ({
    type: "button",
    action_id: action,
    text: { type: "plain_text", text },
    value,
    ...(style === undefined ? {} : { style }),
  });
  const blocks: object[] = [section(head)];
  if (body.trim() !== "") blocks.push(section(body));
  if (open && page.incident.number > 0 && page.occasion !== "resolved") {
    const elements = [
      button(ACKNOWLEDGE_ACTION, pageSaid.acknowledge()[page.locale], "primary"),
      button(RESOLVE_ACTION, pageSaid.resolve()[page.locale]),
    ];
    blocks.push({ type: "actions", elements });
  }
  // Whoever presses the button of a test page is known; the link is for where Slack cannot tell us of buttons.
  if (page.occasion === "test") {
    const elements = [button(ACKNOWLEDGE_ACTION, pageSaid.acknowledge()[page.locale], "primary")];
    blocks.push({ type: "actions", elements });
  }
  if (page.occasion === "test" && page.acknowledgeUrl !== undefined)
    blocks.push(section(`*${linked({ href: page.acknowledgeUrl, text: pageSaid.openLink()[page.locale] })}*`));
  if (small.length > 0)
    blocks.push({
      type: "context",
      elements: [{ type: "mrkdwn", text: small.join("  ·  ").slice(0, SECTION_LENGTH_MAX) }],
    });
  return { text: `${calls.join(" ")} ${escaped(headline)}`.trim(), blocks, broadcast: page.urgency === "wake" };
}

function section(text: string): object {
  return { type: "section", text: { type: "mrkdwn", text: text.slice(0, SECTION_LENGTH_MAX).toWellFormed() } };
}

/** Slack's three control characters (docs: "Formatting text for app surfaces"). */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function linked({ href, text }: Page["links"][number]): string {
  return `<${href.replace(/[<>|\s]/g, encodeURIComponent)}|${escaped(oneLine(text)).replaceAll("|", "¦")}>`;
}
