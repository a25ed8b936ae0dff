import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import styles from "./cast.module.css";
import { initialsOf } from "./initials.ts";

type Member = { readonly name: string; readonly initials: string; readonly mark: number };
/** Everybody in the calendar. A mark is a colour with a pattern at the edge; the name or initials always stand beside it. */
type Cast = {
  readonly me: string | undefined;
  readonly of: (id: string) => Member;
  readonly names: (ids: readonly string[]) => string;
  readonly rotationName: (id: string) => string;
};

const NO_ROTATIONS: ShownSchedule["rotations"] = [];
const HUES = 8;
const EDGES = 3;

const CastContext = createContext<Cast>({
  me: undefined,
  of: (id) => ({ name: id, initials: initialsOf(id), mark: 0 }),
  names: (ids) => ids.join(", "),
  rotationName: (id) => id,
});

export function CastProvider({
  people,
  rotations = NO_ROTATIONS,
  children,
}: {
  readonly people: ShownSchedule["people"];
  readonly rotations?: ShownSchedule["rotations"];
  readonly children: ReactNode;
}) {
  const cast = useMemo((): Cast => {
    const members = new Map(
      people.map(({ id, name }, nth) => [id, { name, initials: initialsOf(name), mark: nth % (HUES * EDGES) }]),
    );
    const of = (id: string): Member => members.get(id) ?? { name: id, initials: initialsOf(id), mark: 0 };
    return {
      me: people.find(({ mine }) => mine)?.id,
      of,
      names: (ids) => ids.map((id) => of(id).name).join(", "),
      rotationName: (id) => rotations.find((one) => one.id === id)?.name ?? id,
    };
  }, [people, rotations]);
  return <CastContext value={cast}>{children}</CastContext>;
}

export function useCast(): Cast {
  return useContext(CastContext);
}

/** The classes that give a bar the colour and edge of a person. */
export function useMarkOf(): (id: string | undefined) => string {
  const { of } = useCast();
  return (id) => {
    if (id === undefined) return "";
    const { mark } = of(id);
    return `${styles[`hue${mark % HUES}`]} ${styles[`edge${Math.floor(mark / HUES)}`]}`;
  };
}

/** A person's initials in their colour, beside the name. */
export function PersonDot({ id }: { readonly id: string }) {
  const { of } = useCast();
  const mark = useMarkOf();
  return (
    <span className={`${styles.dot} ${mark(id)}`} aria-hidden="true">
      {of(id).initials}
    </span>
  );
}
