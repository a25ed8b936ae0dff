import { useMemo } from "react";
import type { IncidentOverview, Responder, TimelineRow } from "../../../../src/http/wire/incident.ts";
import { ChannelMark, Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { type DeliveryState, deliveryStates } from "./delivery-states.ts";
import styles from "./panels.module.css";
import { words } from "./words.ts";

const TONES = { failed: "bad", retrying: "warn", acknowledged: "good" } as const;

/** Who is on it, and whether each can be reached: by what became of the last page to them through each channel. */
export function RespondersPanel({
  incident,
  rows,
}: {
  readonly incident: IncidentOverview;
  readonly rows: readonly TimelineRow[];
}) {
  const w = useWords(words);
  const { channels } = useWords(shared);
  const last = useMemo(() => lastByContact(rows), [rows]);
  const unusable = (contacts: Responder["contacts"]): string =>
    contacts
      .filter(({ usable }) => !usable)
      .map(({ channel }) => channels[channel as keyof typeof channels] ?? channel)
      .join(", ");
  return (
    <Panel title={w.responders}>
      <ul className={styles.list}>
        {incident.responders.map((person) => (
          <li key={person.id} className={styles.person}>
            <p className={styles.name}>
              <strong>{person.name}</strong>
              <span className={styles.quiet}>
                {[...person.titles, ...(person.team === null ? [] : [person.team])].join(", ")}
              </span>
              {person.roles.map((role) => (
                <Chip key={role} tone={role === "holder" ? "good" : role === "asked" ? "warn" : "plain"}>
                  {w.roles[role]}
                </Chip>
              ))}
            </p>
            {person.contacts.some(({ usable }) => usable) ? (
              <ul className={styles.contacts}>
                {person.contacts
                  .filter(({ usable }) => usable)
                  .map(({ channel }) => {
                    const state = last.get(`${person.id}/${channel}`);
                    return (
                      <li key={channel}>
                        <ChannelMark channel={channel} />
                        {state !== undefined && (
                          <Chip tone={TONES[state.is as keyof typeof TONES] ?? "plain"}>{w.chip[state.is]}</Chip>
                        )}
                      </li>
                    );
                  })}
                {person.contacts.some(({ usable }) => !usable) && (
                  <li className={styles.quiet}>{w.unusable(unusable(person.contacts))}</li>
                )}
              </ul>
            ) : (
              <Chip tone="bad" icon="warn">
                {w.noContact}
              </Chip>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function lastByContact(rows: readonly TimelineRow[]): ReadonlyMap<string, DeliveryState> {
  const states = deliveryStates(rows);
  const last = new Map<string, DeliveryState>();
  for (const { reach } of rows) {
    for (const { delivery, who, channel, room } of reach) {
      const state = delivery === null ? undefined : states.get(delivery);
      if (state === undefined) continue;
      // Of all in a room one has answered: for the others the message has only arrived.
      const told: DeliveryState = room && state.is === "acknowledged" ? { is: "accepted", because: null } : state;
      for (const { id } of who) last.set(`${id}/${channel}`, told);
    }
  }
  return last;
}
