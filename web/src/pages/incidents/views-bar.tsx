import { useState } from "react";
import { Link } from "wouter";
import { useSetPreferences, useSignedIn } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { isFiltered, type ListFilter, writeFilter } from "./list-filter.ts";
import styles from "./views-bar.module.css";
import { words } from "./words.ts";

const NAME_LENGTH_MAX = 40;
const VIEWS_MAX = 30;

/** Views that everybody has and those that the reader saved: each is a link. */
export function ViewsBar({ filter }: { readonly filter: ListFilter }) {
  const w = useWords(words);
  const { account, preferences } = useSignedIn();
  const setPreferences = useSetPreferences();
  const act = useAct();
  const [saving, setSaving] = useState(false);
  const here = writeFilter(filter);
  const own = preferences.views ?? [];
  const given = [
    { name: w.all, query: "" },
    { name: w.open, query: "state=open" },
    ...(account.person === null
      ? []
      : [{ name: w.mine, query: `state=open&holder=${encodeURIComponent(account.person.id)}` }]),
  ];
  const isKnown = [...given, ...own].some(({ query }) => query === here);
  const remove = (query: string): Promise<boolean> =>
    act(() => setPreferences({ views: own.filter((view) => view.query !== query) }), w.viewRemoved);
  return (
    <nav className={styles.views} aria-label={w.views}>
      {given.map((view) => (
        <ViewLink key={view.query} {...view} here={here} />
      ))}
      {own.map((view) => (
        <span key={view.query} className={styles.own}>
          <ViewLink {...view} here={here} />
          {view.query === here && (
            <Button look="quiet" icon="remove" bare onPress={() => remove(view.query)}>
              {w.removeView(view.name)}
            </Button>
          )}
        </span>
      ))}
      {isFiltered(filter) && !isKnown && own.length < VIEWS_MAX && (
        <Button look="quiet" icon="add" onPress={() => setSaving(true)}>
          {w.saveView}
        </Button>
      )}
      {saving && <SaveDialog query={here} onClose={() => setSaving(false)} />}
    </nav>
  );
}

function ViewLink({ name, query, here }: { readonly name: string; readonly query: string; readonly here: string }) {
  return (
    <Link
      href={query === "" ? "/incidents" : `/incidents?${query}`}
      className={styles.view}
      {...(query === here ? { "aria-current": "page" as const } : {})}
    >
      {name}
    </Link>
  );
}

function SaveDialog({ query, onClose }: { readonly query: string; readonly onClose: () => void }) {
  const w = useWords(words);
  const { save, cancel } = useWords(shared);
  const { preferences } = useSignedIn();
  const setPreferences = useSetPreferences();
  const act = useAct();
  const [name, setName] = useState("");
  const keep = async (): Promise<void> => {
    const views = [...(preferences.views ?? []), { name: name.trim(), query }];
    if (await act(() => setPreferences({ views }), w.viewSaved)) onClose();
  };
  return (
    <Dialog
      title={w.saveView}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" disabled={name.trim() === ""} onPress={keep}>
            {save}
          </Button>
        </>
      }
    >
      <Field label={w.viewName}>
        {(ids) => (
          <input
            {...ids}
            value={name}
            maxLength={NAME_LENGTH_MAX}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.nativeEvent.isComposing && name.trim() !== "") void keep();
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}
