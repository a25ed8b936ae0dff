import type { ShownOnboarding } from "../../../../src/http/wire/onboarding.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { MakeIntegration } from "../settings/make-integration.tsx";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

/** What sends to Bongsu, and the wait for the first word of it. */
export function SignalStep({ state }: { readonly state: ShownOnboarding }) {
  const { signal: w } = useWords(welcomeWords);
  return (
    <Panel>
      <div className={styles.stack}>
        <p>{w.lead}</p>
        <MakeIntegration publicUrl={state.publicUrl} firstName={w.firstName} first="curl" />
        {state.firstSignalAt === null ? (
          <p className={styles.waiting} role="status">
            <span className={styles.pulse} aria-hidden="true" /> {w.waiting}
          </p>
        ) : (
          <Notice tone="good">
            <p>
              <strong>{w.arrived}</strong> <Time at={state.firstSignalAt} only="relative" />
            </p>
            <p>
              <LinkButton to="/settings/integrations" look="quiet" icon="link">
                {w.see}
              </LinkButton>
            </p>
          </Notice>
        )}
      </div>
    </Panel>
  );
}
