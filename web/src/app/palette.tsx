import { disassemble, getChoseong } from "es-hangul";
import { useState } from "react";
import { Autocomplete, Header, Input, ListBox, ListBoxItem, ListBoxSection, SearchField } from "react-aria-components";
import { useLocation } from "wouter";
import { useSignedIn } from "../api/me.ts";
import { useNames } from "../api/names.ts";
import { useNowBoard } from "../api/now.ts";
import { Dialog } from "../kit/dialog.tsx";
import { Icon, type IconName } from "../kit/icon.tsx";
import { useWords } from "../words/locale.tsx";
import styles from "./palette.module.css";
import { routes } from "./routes.tsx";
import { words } from "./words.ts";

type Entry = { readonly id: string; readonly text: string; readonly icon: IconName; readonly to: string };

/** Whether a text holds what was typed: as it stands, half-composed syllables (`장ㅇ`), or first consonants (`ㅈㅇ`). */
function holds(text: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase().normalize("NFC");
  if (wanted === "") return true;
  const have = text.toLowerCase().normalize("NFC");
  if (have.includes(wanted) || disassemble(have).includes(disassemble(wanted))) return true;
  return /^[ㄱ-ㅎ\s]+$/.test(wanted) && getChoseong(have).replaceAll(" ", "").includes(wanted.replaceAll(" ", ""));
}

const SHOWN_MAX = 8;

/** Everything by typing: pages, incidents, people. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { palette: w, pages } = useWords(words);
  const me = useSignedIn();
  const [, navigate] = useLocation();
  const [typed, setTyped] = useState("");
  const board = useNowBoard().data;
  const people = useNames();
  const digits = /^(?:inc-?)?(\d{1,9})$/i.exec(typed.trim())?.[1];

  const numbered = (wanted: string): string => {
    const known = board?.incidents.find(({ number }) => String(number) === wanted);
    return known === undefined ? `INC-${wanted}` : `INC-${wanted} ${known.service}: ${known.title}`;
  };

  const found: readonly (readonly [string, readonly Entry[]])[] = [
    [
      w.incidents,
      [
        ...(digits === undefined
          ? []
          : [{ id: `inc-${digits}`, text: numbered(digits), icon: "incidents" as const, to: `/incidents/${digits}` }]),
        ...(board?.incidents ?? []).flatMap(({ number, title, service }) => {
          const text = `INC-${number} ${service}: ${title}`;
          return holds(text, typed) && String(number) !== digits
            ? [{ id: `inc-${number}`, text, icon: "incidents" as const, to: `/incidents/${number}` }]
            : [];
        }),
        ...(typed.trim().length < 2
          ? []
          : [
              {
                id: "search",
                text: `${pages.incidents}: “${typed.trim()}”`,
                icon: "search" as const,
                to: `/incidents?q=${encodeURIComponent(typed.trim())}`,
              },
            ]),
      ],
    ],
    [
      w.pages,
      routes.flatMap(({ path, name, icon, permission }) =>
        path.includes(":") ||
        (permission !== undefined && !me.may.includes(permission)) ||
        !holds(pages[name] ?? name, typed)
          ? []
          : [{ id: path, text: pages[name] ?? name, icon, to: path }],
      ),
    ],
    [
      w.people,
      Object.entries(people).flatMap(([id, name]) =>
        typed.trim() !== "" && holds(name, typed)
          ? [
              {
                id: `person-${id}`,
                text: name,
                icon: "person" as const,
                to: `/settings/people?person=${encodeURIComponent(id)}`,
              },
            ]
          : [],
      ),
    ],
  ];
  const shown = found.filter(([, entries]) => entries.length > 0);
  return (
    <Dialog title={w.title} onClose={onClose}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <SearchField aria-label={w.title} autoFocus>
          <Input className={styles.input} placeholder={w.placeholder} />
        </SearchField>
        <ListBox
          aria-label={w.title}
          className={styles.list}
          selectionMode="none"
          onAction={(id) => {
            const entry = found.flatMap(([, entries]) => entries).find((one) => one.id === id);
            if (entry === undefined) return;
            onClose();
            navigate(entry.to);
          }}
          renderEmptyState={() => <p className={styles.empty}>{w.empty}</p>}
        >
          {shown.map(([title, entries]) => (
            <ListBoxSection key={title} id={title}>
              <Header className={styles.header}>{title}</Header>
              {entries.slice(0, SHOWN_MAX).map(({ id, text, icon }) => (
                <ListBoxItem key={id} id={id} textValue={text} className={styles.item}>
                  <Icon name={icon} />
                  <span>{text}</span>
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
