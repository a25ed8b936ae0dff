import { lazy, Suspense } from "react";
import { useMay } from "../../api/me.ts";
import { useNowBoard } from "../../api/now.ts";
import { LinkBanner } from "../../app/link-banner.tsx";
import { LinkButton } from "../../kit/button.tsx";
import { useNow } from "../../kit/clock.ts";
import { Icon } from "../../kit/icon.tsx";
import { Loaded, usePageTitle } from "../../kit/page.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { IncidentCard } from "./incident-card.tsx";
import { OnDutyList } from "./on-duty-panel.tsx";
import styles from "./wall.module.css";
import { words } from "./words.ts";

const MonitorBoard = lazy(() =>
  import("../board/monitor-board.tsx").then(({ MonitorBoard }) => ({ default: MonitorBoard })),
);

/** The board on a wall: read from four metres, touched by nobody. */
export function Wall() {
  const w = useWords(words);
  const board = useNowBoard();
  const text = useTimeText();
  const now = useNow();
  const mayWatch = useMay("monitors.read");
  usePageTitle(w.wall);
  return (
    <main className={styles.wall}>
      <LinkBanner />
      <header className={styles.head}>
        <h1>{board.data === undefined ? w.title : w.open(board.data.incidents.length)}</h1>
        <p className={styles.clock}>{text(now)}</p>
        <LinkButton to="/" look="quiet" icon="cross" bare>
          {w.leaveWall}
        </LinkButton>
      </header>
      <Loaded query={board}>
        {({ incidents, teams, health }) => (
          <div className={styles.body}>
            {incidents.length === 0 ? (
              <p className={styles.none}>
                <Icon name="check" size={48} /> {w.none}
              </p>
            ) : (
              <ul className={styles.cards}>
                {incidents.map((incident) => (
                  <li key={incident.number}>
                    <IncidentCard incident={{ ...incident, mine: false }} />
                  </li>
                ))}
              </ul>
            )}
            {mayWatch && (
              <div className={styles.beside}>
                <Suspense>
                  <MonitorBoard onWall />
                </Suspense>
              </div>
            )}
            <footer className={styles.foot}>
              <OnDutyList teams={teams} />
              {health.problems.length > 0 && (
                <ul className={styles.problems}>
                  {health.problems.map(({ text: problem }) => (
                    <li key={problem}>
                      <Icon name="warn" /> {problem}
                    </li>
                  ))}
                </ul>
              )}
            </footer>
          </div>
        )}
      </Loaded>
    </main>
  );
}
