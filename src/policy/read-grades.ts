import { policySaid as said } from "../locale/policy.ts";
import { readDeadline } from "./phrases.ts";
import type { Grade } from "./policy.ts";
import type { Reading } from "./reading.ts";
import type { Tree } from "./tree.ts";

/** `장애 등급`: criteria, deadline and owner of each grade, the most severe first. */
export function readGrades(reading: Reading, tree: Tree): readonly Grade[] {
  return reading.entries(tree, "장애 등급").flatMap((entry, rank) => {
    const name = entry.key;
    const clause = reading.clause("grades", [name], name, entry.at);
    const fields = reading.fields(entry.value, name, ["criteria", "deadline", "owner"]);

    const criteriaField = fields.get("criteria");
    if (criteriaField)
      reading.clause(
        "grades",
        [name, { id: "criteria", shown: criteriaField.key }],
        criteriaField.key,
        criteriaField.at,
      );
    const criteria = reading
      .texts(criteriaField?.value ?? { kind: "empty", ...entry.at }, name)
      .map((text) =>
        reading.of(
          reading.clause(
            "grades",
            [name, { id: "criteria", shown: criteriaField?.key ?? "" }, text.text],
            text.text,
            text,
          ),
        ),
      );

    const deadlineField = fields.get("deadline");
    const [deadlineText] = deadlineField ? reading.texts(deadlineField.value, deadlineField.key) : [];
    if (deadlineField === undefined || deadlineText === undefined) {
      reading.missing(entry.at, name, "deadline", "2시간 이내");
      return [];
    }
    const read = readDeadline(deadlineText.text);
    if (read === undefined) {
      reading.say(
        "error",
        "unreadable-deadline",
        deadlineText,
        deadlineText.text,
        said.unreadableDeadline(deadlineText),
        said.expectsDeadline(),
      );
      return [];
    }
    const deadlineClause = reading.clause(
      "grades",
      [name, { id: "respond-within", shown: deadlineField.key }],
      deadlineText.text,
      deadlineField.at,
    );
    reading.claim(deadlineText, deadlineClause);

    const ownerField = fields.get("owner");
    const [owner] = ownerField ? reading.texts(ownerField.value, ownerField.key) : [];
    if (ownerField === undefined || owner === undefined) {
      reading.missing(entry.at, name, "owner", "L2 지원팀");
      return [];
    }
    const ownerClause = reading.clause(
      "grades",
      [name, { id: "owner", shown: ownerField.key }],
      owner.text,
      ownerField.at,
    );
    reading.claim(owner, ownerClause);
    return [{ name, rank, criteria, ...read, owner: owner.text, clause, deadlineClause, ownerClause }];
  });
}
