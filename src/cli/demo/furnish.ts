import { Fault } from "../../fault/fault.ts";
import { newToken } from "../../http/tokens.ts";
import { asId, type Id } from "../../id/id.ts";
import { systemChance } from "../../id/system-chance.ts";
import { readRoster } from "../../roster/read-roster.ts";
import type { Store } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import { readTextFile } from "../read-files.ts";
import type { Integrations } from "./play-stories.ts";

/** The roster: people and shifts are edited in the web UI, services and channels are declared in the file. */
export async function furnishRoster(store: Store, file: string, at: Instant): Promise<void> {
  const { items, diagnostics } = readRoster({ file, text: readTextFile(file) });
  if (items === undefined) throw new Fault("roster-refused", { file, first: diagnostics[0]?.message.en });
  const put = items.map((item) => ({
    ...item,
    updatedAt: at,
    ...(item.kind === "service" || item.kind === "channel" ? { managedBy: "demo-roster.yaml" } : {}),
  }));
  await store.changeRoster(put, [], at);
  await store.appendAudit([{ at, by: "park", action: "roster.applied", facts: { created: put.length } }]);
}

/** The tokens with which the played sources send, and one that was revoked. Their texts are told to nobody. */
export async function furnishTokens(store: Store, at: Instant): Promise<Integrations> {
  const make = async (name: string, made: Instant, revokedAt?: Instant): Promise<Id<"token">> => {
    const { token } = newToken(systemChance, { name, scopes: ["ingest"], at: made });
    await store.putToken(revokedAt === undefined ? token : { ...token, revokedAt });
    await store.appendAudit([
      { at: made, by: "park", action: "token.created", facts: { id: token.id, name, scopes: token.scopes } },
    ]);
    return token.id;
  };
  await make("이전 Prometheus (폐기)", at, at + 2 * DAY_MS);
  return {
    prometheus: await make("Prometheus 서울 1센터", at),
    signals: await make("사내 스크립트", at),
    pagerduty: await make("배치 서버 (PagerDuty 호환)", at),
  };
}

/** As if they had come with the last requests. */
export async function touchTokens(store: Store, integrations: Integrations, now: Instant): Promise<void> {
  for (const [source, id] of Object.entries(integrations)) {
    await store.touchToken(asId(id), now - (source === "prometheus" ? MINUTE_MS : 3 * HOUR_MS));
  }
}
