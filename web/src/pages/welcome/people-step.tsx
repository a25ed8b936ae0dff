import { useState } from "react";
import type { ShownOnboarding } from "../../../../src/http/wire/onboarding.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { PeopleTable } from "../settings/people-table.tsx";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

export function PeopleStep({ state }: { readonly state: ShownOnboarding }) {
  const { people: w } = useWords(welcomeWords);
  // Each table that was applied makes room for the next.
  const [round, setRound] = useState(0);
  return (
    <Panel>
      <div className={styles.stack}>
        <p>{w.lead}</p>
        {state.people.own > 0 && (
          <Notice tone="good">
            <p>{w.own(state.people.own)}</p>
            <div className={styles.row}>
              <LinkButton to="/settings/people" look="quiet" icon="person">
                {w.more}
              </LinkButton>
              <LinkButton to="/settings/teams" look="quiet" icon="team">
                {w.teams}
              </LinkButton>
            </div>
          </Notice>
        )}
        <PeopleTable key={round} hasExample={state.people.example > 0} onDone={() => setRound(round + 1)} />
      </div>
    </Panel>
  );
}
