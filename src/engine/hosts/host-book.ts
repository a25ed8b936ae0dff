import { type AgentFacts, silentAfter } from "../../monitor/agent.ts";
import { type Instant, SECOND_MS } from "../../time/instant.ts";
import type { Ports } from "../ports.ts";

export type HostBook = {
  /** The host spoke. Its last word is written down now and then, and at once where it says something new of itself. */
  heard(host: string, facts: AgentFacts): Promise<void>;
  /** It was removed: its next word is news. */
  forget(host: string): void;
};

type Written = { readonly at: Instant; readonly said: string; readonly facts: AgentFacts };

/** A quarter of the least time after which a host is silent: so much older than it is may its last word look. */
const WRITE_EVERY_MS = 15 * SECOND_MS;

export function createHostBook({ store, clock }: Pick<Ports, "store" | "clock">): HostBook {
  const written = new Map<string, Written>();

  /** Of before this process, and what nobody spoke for here. */
  async function known(host: string): Promise<Pick<Written, "at" | "facts"> | undefined> {
    const last = written.get(host);
    if (last !== undefined) return last;
    const row = (await store.agents()).find((one) => one.host === host);
    return row === undefined ? undefined : { at: row.lastAt, facts: row.facts };
  }

  return {
    async heard(host, given) {
      const at = clock.now();
      let facts = given;
      if (given.kind === "application") {
        const before = await known(host);
        // A host of that name is there: it is the one that is waited for.
        if (before !== undefined && before.facts.kind !== "application" && before.facts.kind !== "removed") return;
        const goesOn = before !== undefined && at - before.at <= silentAfter(given.every);
        facts = { ...given, since: (goesOn ? before.facts.since : undefined) ?? at };
      }
      const said = newsOf(facts);
      const last = written.get(host);
      if (last !== undefined && at - last.at < WRITE_EVERY_MS && at >= last.at && last.said === said) return;
      await store.heardAgent({ host, lastAt: at, facts });
      written.set(host, { at, said, facts });
    },
    forget: (host) => void written.delete(host),
  };
}

/** What does not change with every word. */
function newsOf({
  kind,
  version = "",
  platform = "",
  every,
  targets,
  lostSamples = 0,
  trouble = "",
}: AgentFacts): string {
  const states = targets.map(({ id, up, because = "" }) => [id, up, because]);
  return JSON.stringify([kind, version, platform, every, lostSamples, trouble, states]);
}
