import { useState } from "react";
import type { MadeHeartbeat } from "../../../../src/http/wire/monitors.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { Snippet } from "../settings/snippet.tsx";
import { Connect } from "./connect.tsx";
import styles from "./heartbeats.module.css";
import { useHeartbeat } from "./use-heartbeats.ts";
import { words } from "./words.ts";

const LOOK_MS = 2_000;

/** An address that was made now, what to do with it, and the wait for the first ping through it. */
export function MadeAddress({ made }: { readonly made: MadeHeartbeat }) {
  const w = useWords(words);
  return (
    <div className={styles.stack}>
      <Notice tone="warn">{w.addressOnce}</Notice>
      <Snippet title={w.address} text={made.address} />
      <p>{w.connectLead}</p>
      <Connect address={made.address} />
      <FirstPing made={made} />
    </div>
  );
}

function FirstPing({ made: { heartbeat } }: { readonly made: MadeHeartbeat }) {
  const w = useWords(words);
  const { id } = heartbeat;
  const [before] = useState(heartbeat.lastPing);
  const { data } = useHeartbeat(id, LOOK_MS);
  if (data === undefined || data.lastPing === null || data.lastPing === before)
    return (
      <p className={styles.waiting} role="status">
        <span className={styles.pulse} aria-hidden="true" /> {w.waiting}
      </p>
    );
  return (
    <Notice tone="good">
      <p>
        <strong>{w.arrived(id)}</strong>
      </p>
      <p>
        <LinkButton to={`/monitors/heartbeats/${encodeURIComponent(id)}`}>{w.see}</LinkButton>
      </p>
    </Notice>
  );
}
