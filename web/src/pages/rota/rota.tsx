import { useState } from "react";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import type { ShownRotaAnswer } from "../../../../src/http/wire/rota.ts";
import { api, Problem, serverNow } from "../../api/client.ts";
import { Loaded, Notice, Page } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ScheduleTabs } from "../schedule/schedule-tabs.tsx";
import { useRoster } from "../settings/use-roster.ts";
import { Refused } from "../settings/use-save.tsx";
import { localText } from "../simulate/zoned.ts";
import { AnswerView } from "./answer-view.tsx";
import { type Draft, firstDraft, requestOf } from "./draft.ts";
import { QuestionForm } from "./question-form.tsx";
import { words } from "./words.ts";

/** Who can keep which shifts within which limits. */
export function RotaPage() {
  const w = useWords(words);
  const query = useRoster();
  return (
    <Page title={w.title} lead={w.lead} wide>
      <ScheduleTabs />
      <Loaded query={query}>{(roster) => <Planner roster={roster} />}</Loaded>
    </Page>
  );
}

type Found = { readonly answer: ShownRotaAnswer; readonly draft: Draft };

function Planner({ roster }: { readonly roster: ShownRoster }) {
  const w = useWords(words);
  const zone = useZone();
  const [draft, setDraft] = useState(() => firstDraft(roster, localText(serverNow(), zone).slice(0, 10)));
  const [found, setFound] = useState<Found>();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();

  const find = async (asked: Draft): Promise<void> => {
    setDraft(asked);
    setAsking(true);
    setError(undefined);
    setFound(undefined);
    try {
      const answer = await api.post<ShownRotaAnswer>("/api/v1/rota", requestOf(asked, roster));
      setFound({ answer, draft: asked });
    } catch (caught) {
      setError(caught);
    } finally {
      setAsking(false);
    }
  };

  const problems = problemsIn(error);
  return (
    <>
      <QuestionForm
        draft={draft}
        roster={roster}
        problems={problems}
        onChange={setDraft}
        onFind={() => (asking ? Promise.resolve() : find(draft))}
      />
      {asking && <Notice tone="info">{w.finding(draft.timeSeconds)}</Notice>}
      {error !== undefined && problems.size === 0 && <Refused error={error} />}
      {found !== undefined && found.draft !== draft && <Notice tone="warn">{w.outdated}</Notice>}
      {found !== undefined && (
        <AnswerView
          answer={found.answer}
          roster={roster}
          onTry={(heads) => find({ ...found.draft, by: "heads", heads: String(heads) })}
        />
      )}
    </>
  );
}

/** What the server said of each field. */
function problemsIn(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof Problem) || !Array.isArray(error.facts.problems)) return new Map();
  const problems = error.facts.problems as readonly { readonly field: string; readonly message: string }[];
  return new Map(problems.map(({ field, message }) => [field, message]));
}
