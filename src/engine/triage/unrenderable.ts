import type { Inbox } from "../../store/store.ts";
import type { Signal } from "../../triage/signal.ts";

/** What stands in for a request that could not be made sense of three times: it still pages, with what came. */
export function unrenderableSignal(row: Inbox, because: string): Signal {
  return {
    source: row.source,
    integration: row.integration,
    key: `unrenderable/${row.id}`,
    action: "fire",
    title: `unrenderable alert (${row.source})`,
    description: `${because.slice(0, REASON_LENGTH_MAX)}\n\n${excerpt(row.body)}`,
    labels: { service: row.source },
    annotations: {},
    startsAt: row.receivedAt,
    links: [],
  };
}

/** The beginning of a text, with everything that no screen or channel shows well taken out. */
export function excerpt(text: string): string {
  return text
    .slice(0, EXCERPT_LENGTH)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, " ");
}

const EXCERPT_LENGTH = 500;
const REASON_LENGTH_MAX = 200;
