import { type ReactNode, useState } from "react";
import type { Owned, RosterKind } from "../../../../src/http/wire/roster.ts";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { ItemFrame } from "./item-frame.tsx";
import { teamsWords } from "./teams-words.ts";

/** The form of an item that is known by its name, which is given once. */
export function ItemDialog({
  kind,
  title,
  item,
  firstName = "",
  data,
  onClose,
  children,
}: {
  readonly kind: RosterKind;
  readonly title: string;
  readonly item: (Owned & { readonly name: string }) | undefined;
  readonly firstName?: string;
  readonly data: () => Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
  readonly children: (isFixed: boolean) => ReactNode;
}) {
  const { form: w } = useWords(teamsWords);
  const [isNew] = useState(item === undefined);
  const [name, setName] = useState(item?.name ?? firstName);
  const isNamed = name.trim() !== "";
  return (
    <ItemFrame
      kind={kind}
      title={title}
      item={item}
      idOf={(one) => one.name}
      data={() => (isNamed ? { ...data(), name: name.trim() } : undefined)}
      onClose={onClose}
    >
      {({ isFixed, tried }) => (
        <>
          {isNew && (
            <Field label={w.name} problem={tried && !isNamed ? w.required : undefined}>
              {(ids) => <input {...ids} value={name} onChange={({ target }) => setName(target.value)} />}
            </Field>
          )}
          {children(isFixed)}
        </>
      )}
    </ItemFrame>
  );
}
