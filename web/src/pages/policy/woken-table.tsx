import type { ComparedPlans } from "../../../../src/http/wire/simulate.ts";
import { useWords } from "../../words/locale.tsx";
import { useSpanText } from "./span.ts";
import { words } from "./words.ts";

/** When each person is first woken, on either side. */
export function WokenTable({
  compared,
  names,
  onlyDifferent,
}: {
  readonly compared: ComparedPlans;
  readonly names: { readonly left: string; readonly right: string };
  readonly onlyDifferent?: boolean;
}) {
  const w = useWords(words);
  const length = useSpanText();
  const told = (after: number | null): string =>
    after === null ? w.diff.never : after === 0 ? w.diff.atOnce : w.diff.after(length(after));
  const rows = compared.woken.filter(({ left, right }) => !onlyDifferent || left !== right);
  if (compared.left === null || compared.right === null)
    return (
      <p>
        {compared.left === null ? names.left : names.right}: {w.diff.noGrade}
      </p>
    );
  if (rows.length === 0) return <p>{w.diff.onlySteps}</p>;
  return (
    <div style={{ overflowX: "auto" }}>
      <table>
        <caption className="unseen">{w.diff.wokenFirst}</caption>
        <thead>
          <tr>
            <th scope="col">{w.diff.person}</th>
            <th scope="col">{names.left}</th>
            <th scope="col">{names.right}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ person, left, right }) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>{told(left)}</td>
              <td>{left === right ? told(right) : <strong>{told(right)}</strong>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
