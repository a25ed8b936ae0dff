import { useState } from "react";
import { useSearchParams } from "wouter";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import { serverNow } from "../../api/client.ts";
import { LinkButton } from "../../kit/button.tsx";
import { toLocal } from "../../kit/local-time.ts";
import { Empty, Loaded, Page } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ScheduleTabs } from "../schedule/schedule-tabs.tsx";
import { useRoster } from "../settings/use-roster.ts";
import { newDraft } from "./rotation-draft.ts";
import { RotationEditor } from "./rotation-editor.tsx";
import { rotationIn } from "./rotation-names.ts";
import { words } from "./words.ts";

/** One rotation that there is. */
export function RotationPage() {
  const w = useWords(words);
  const query = useRoster();
  const [id] = useState(() => rotationIn(location.pathname));
  const name = query.data?.rotations.find((one) => one.id === id)?.name ?? id;
  return (
    <Page title={name} lead={w.lead} wide>
      <ScheduleTabs />
      <Loaded query={query}>{(roster) => <Known roster={roster} id={id} />}</Loaded>
    </Page>
  );
}

function Known({ roster, id }: { readonly roster: ShownRoster; readonly id: string }) {
  const w = useWords(words);
  const rotation = roster.rotations.find((one) => one.id === id);
  // One that is removed while somebody writes does not take away what they wrote.
  const [wasThere] = useState(rotation !== undefined);
  if (!wasThere)
    return (
      <Empty icon="clock" act={<LinkButton to="/schedule/rotations">{w.toList}</LinkButton>}>
        {w.notFound}
      </Empty>
    );
  return <RotationEditor roster={roster} rotation={rotation} />;
}

/** One that is being made, for the team that the address names. */
export function NewRotationPage() {
  const w = useWords(words);
  const query = useRoster();
  return (
    <Page title={w.newTitle} lead={w.lead} wide>
      <ScheduleTabs />
      <Loaded query={query}>{(roster) => <Fresh roster={roster} />}</Loaded>
    </Page>
  );
}

function Fresh({ roster }: { readonly roster: ShownRoster }) {
  const [search] = useSearchParams();
  const zone = useZone();
  const [first] = useState(() => {
    const team = roster.teams.find(({ name, managedBy }) => name === search.get("team") && managedBy === null);
    // As the team's other rotations count their time, where it has any.
    const usual = roster.rotations.find(({ id }) => team?.rotations.includes(id))?.zone ?? zone;
    return newDraft(toLocal(serverNow(), usual).slice(0, 10), usual, team === undefined ? [] : [team.name]);
  });
  return <RotationEditor roster={roster} rotation={undefined} first={first} />;
}
