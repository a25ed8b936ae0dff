import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { OwnSessions } from "../../../../src/http/wire/session.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Loaded, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./account.module.css";
import { deviceOf } from "./device.ts";
import { words } from "./words.ts";

export function SessionsPanel() {
  const w = useWords(words);
  const act = useAct();
  const queries = useQueryClient();
  const sessions = useQuery({
    queryKey: ["account", "sessions"],
    queryFn: () => api.get<OwnSessions>("/api/v1/me/sessions"),
  });
  const end = async (path: string, done: string): Promise<void> => {
    await act(() => api.delete(`/api/v1/me/sessions${path}`), done);
    await queries.invalidateQueries({ queryKey: ["account", "sessions"] });
  };
  const nameOf = (agent: string): string => {
    const { browser, system } = deviceOf(agent);
    return w.device(browser, system) || w.unknownDevice;
  };
  return (
    <Panel title={w.sessions} flush>
      <p className={styles.lead}>{w.sessionsLead}</p>
      <Loaded query={sessions}>
        {(data) => (
          <>
            <ul className={styles.list}>
              {data.sessions.map((session) => (
                <li key={session.id}>
                  <div className={styles.item}>
                    <p>
                      <strong title={session.agent}>{nameOf(session.agent)}</strong>
                      {session.current && <Chip tone="info">{w.this}</Chip>}
                    </p>
                    <p className={styles.small}>
                      <span>
                        {w.since} <Time at={session.createdAt} only="absolute" /> ({w.by[session.by]})
                      </span>
                      <span>
                        {w.seen} <Time at={session.seenAt} only="relative" />
                      </span>
                    </p>
                  </div>
                  {!session.current && (
                    <Button
                      size="small"
                      aria-label={w.endOf(nameOf(session.agent))}
                      onPress={() => end(`/${session.id}`, w.ended)}
                    >
                      {w.end}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {data.sessions.length > 1 && (
              <div className={styles.foot}>
                <Button onPress={() => end("", w.endedOthers)}>{w.endOthers}</Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
