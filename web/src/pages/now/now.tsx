import { lazy, Suspense, useState } from "react";
import type { OpenIncident } from "../../../../src/http/wire/now.ts";
import { useMay, useSignedIn } from "../../api/me.ts";
import { useNowBoard } from "../../api/now.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { useNow } from "../../kit/clock.ts";
import { Empty, Loaded, Page, Panel } from "../../kit/page.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { HealthPanel } from "./health-panel.tsx";
import { HeldList } from "./held-list.tsx";
import { IncidentCard } from "./incident-card.tsx";
import { LatelyPanel } from "./lately-panel.tsx";
import styles from "./now.module.css";
import { OnDutyPanel } from "./on-duty-panel.tsx";
import { words } from "./words.ts";

const OpenDialog = lazy(() => import("./open-dialog.tsx").then(({ OpenDialog }) => ({ default: OpenDialog })));

const MonitorBoard = lazy(() =>
  import("../board/monitor-board.tsx").then(({ MonitorBoard }) => ({ default: MonitorBoard })),
);

/** 상황판: open incidents with what happens next, what is watched, who is on duty, how Bongsu itself is. */
export function Now() {
  const w = useWords(words);
  const board = useNowBoard();
  const mayRespond = useMay("incidents.respond");
  const mayWatch = useMay("monitors.read");
  const [opening, setOpening] = useState(false);
  const text = useTimeText();
  const today = text(useNow(60_000), "day");
  return (
    <Page
      title={w.title}
      lead={w.lead(today)}
      wide
      acts={
        <>
          <LinkButton to="/wall" icon="wall" look="quiet">
            {w.wall}
          </LinkButton>
          {mayRespond && (
            <Button icon="add" onPress={() => setOpening(true)}>
              {w.page}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={board}>
        {(data) => (
          <div className={styles.board}>
            <div className={styles.main}>
              <section className={styles.incidents} aria-labelledby="open-incidents">
                <h2 id="open-incidents">{w.open(paged(data.incidents).length)}</h2>
                {data.incidents.length === 0 ? (
                  <Panel>
                    <Empty icon="check" act={<LinkButton to="/account">{w.testPage}</LinkButton>}>
                      {w.none} {w.noneNext}
                    </Empty>
                  </Panel>
                ) : (
                  <ul className={styles.cards}>
                    {paged(data.incidents).map((incident) => (
                      <li key={incident.number}>
                        <IncidentCard incident={incident} />
                      </li>
                    ))}
                  </ul>
                )}
                <HeldList incidents={data.incidents.filter(({ pagingHeldBy }) => pagingHeldBy !== null)} />
              </section>
              {mayWatch && (
                <Suspense>
                  <MonitorBoard />
                </Suspense>
              )}
            </div>
            <div className={styles.side}>
              <MyShift teams={data.teams} />
              <OnDutyPanel teams={data.teams} />
              <HealthPanel health={data.health} alerts={data.alerts} />
              <LatelyPanel lately={data.lately} />
            </div>
          </div>
        )}
      </Loaded>
      {opening && (
        <Suspense>
          <OpenDialog onClose={() => setOpening(false)} />
        </Suspense>
      )}
    </Page>
  );
}

/** Those for which somebody is called, each for itself. */
function paged(incidents: readonly OpenIncident[]): readonly OpenIncident[] {
  return incidents.filter(({ pagingHeldBy }) => pagingHeldBy === null);
}

function MyShift({
  teams,
}: {
  readonly teams: readonly { readonly team: string; readonly people: readonly { readonly id: string }[] }[];
}) {
  const w = useWords(words);
  const { account } = useSignedIn();
  if (account.person === null) return null;
  const mine = teams.filter(({ people }) => people.some(({ id }) => id === account.person?.id));
  return (
    <Panel title={w.myShift}>
      <p>{mine.length === 0 ? w.notMine : w.mine(mine.map(({ team }) => team).join(", "))}</p>
    </Panel>
  );
}
