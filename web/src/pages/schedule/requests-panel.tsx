import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearchParams } from "wouter";
import type { ShiftAnswer, ShownSchedule, ShownShiftRequest } from "../../../../src/http/wire/schedule.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { useSave } from "../settings/use-save.tsx";
import { useCast } from "./cast.tsx";
import styles from "./form.module.css";
import { spanOf } from "./shifts-shown.ts";
import { refresh, TOPICS } from "./use-schedule.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** What waits for the reader's answer, and what they wait for themselves: above everything else. */
export function RequestsPanel({ schedule }: { readonly schedule: ShownSchedule }) {
  const { requests: w } = useWords(words);
  const { me } = useCast();
  const waiting = schedule.requests.filter(({ mayAnswer }) => mayAnswer.includes("accept"));
  const own = schedule.requests.filter(({ from, mayAnswer }) => from === me && mayAnswer.includes("withdraw"));
  const asked = useSearchParams()[0].get("request");
  const isOver = asked !== null && ![...waiting, ...own].some(({ id }) => id === asked);
  return (
    <>
      {isOver && <Notice tone="info">{w.over}</Notice>}
      {waiting.length > 0 && (
        <Panel title={w.title(waiting.length)}>
          {waiting.map((request) => (
            <Waiting key={request.id} request={request} />
          ))}
        </Panel>
      )}
      {own.length > 0 && (
        <Panel title={w.own} level={2}>
          {own.map((request) => (
            <Own key={request.id} request={request} />
          ))}
        </Panel>
      )}
    </>
  );
}

function useAnswer({ id }: ShownShiftRequest): {
  readonly answer: (answer: ShiftAnswer["answer"]) => Promise<void>;
  readonly asks: ReactNode;
} {
  const { requests: w, ask } = useWords(words);
  const { save, problem, question } = useSave(TOPICS, ask.busyLead);
  const queries = useQueryClient();
  const done = { accept: w.accepted, decline: w.declined, withdraw: w.withdrawn };
  const path = `/api/v1/schedule/requests/${encodeURIComponent(id)}/answer`;
  return {
    async answer(answer) {
      const run = (confirm: boolean): Promise<unknown> => api.post(path, { answer, confirm } satisfies ShiftAnswer);
      if (await save(run, done[answer])) return;
      // Somebody else may have been quicker.
      await refresh(queries);
    },
    asks: (
      <>
        {problem}
        {question}
      </>
    ),
  };
}

function Waiting({ request }: { readonly request: ShownShiftRequest }) {
  const { requests: w } = useWords(words);
  const { of, rotationName } = useCast();
  const when = useWhen();
  const { answer, asks } = useAnswer(request);
  const { kind, from, rotation, part, give, note } = request;
  return (
    <div className={styles.line}>
      <div className={styles.stack}>
        <strong>{(kind === "cover" ? w.cover : w.swap)(of(from).name)}</strong>
        <dl className={styles.facts}>
          <dt>{w.youTake}</dt>
          <dd>
            {when.span(spanOf(part))} ({rotationName(rotation)})
          </dd>
          {give !== null && (
            <>
              <dt>{w.youGive}</dt>
              <dd>
                {when.span(spanOf(give))} ({rotationName(give.rotation)})
              </dd>
            </>
          )}
        </dl>
        {note !== null && <p className={styles.quiet}>“{note}”</p>}
      </div>
      <div className={styles.acts}>
        <Button look="main" icon="check" onPress={() => answer("accept")}>
          {w.accept}
        </Button>
        <Button icon="cross" onPress={() => answer("decline")}>
          {w.decline}
        </Button>
      </div>
      {asks}
    </div>
  );
}

function Own({ request }: { readonly request: ShownShiftRequest }) {
  const { requests: w } = useWords(words);
  const { of } = useCast();
  const when = useWhen();
  const { answer, asks } = useAnswer(request);
  const { kind, to, part, give } = request;
  const whom = to === null ? w.anybody : of(to).name;
  return (
    <div className={styles.line}>
      <span>
        <strong>{(kind === "cover" ? w.ownCover : w.ownSwap)(whom)}</strong>{" "}
        <span className={styles.quiet}>
          {when.span(spanOf(part))}
          {give !== null && ` ↔ ${when.span(spanOf(give))}`}
        </span>
      </span>
      <Button size="small" onPress={() => answer("withdraw")}>
        {w.withdraw}
      </Button>
      {asks}
    </div>
  );
}
