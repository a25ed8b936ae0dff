import type { ComparedPlans } from "../../../../src/http/wire/simulate.ts";
import { useLengthText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** When each person is first woken, on either side. */
export function WokenTable({
  compared,
  onlyDifferent,
}: {
  readonly compared: ComparedPlans;
  readonly onlyDifferent?: boolean;
}) {
  const w = useWords(words);
  const length = useLengthText();
  const told = (after: number | null): string =>
    after === null ? w.diff.never : after === 0 ? w.diff.atOnce : w.diff.after(length(after));
  const rows = compared.woken.filter(({ left, right }) => !onlyDifferent || left !== right);
  if (compared.left === null || compared.right === null)
    return (
      <p>
        {compared.left === null ? w.diff.left : w.diff.right}: {w.diff.noGrade}
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
            <th scope="col">{w.diff.left}</th>
            <th scope="col">{w.diff.right}</th>
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
