import { policySaid as said } from "../locale/policy.ts";
import { isAroundTheClock, readStaffing } from "./phrases.ts";
import type { Staffing, Team } from "./policy.ts";
import type { Reading } from "./reading.ts";
import type { Tree } from "./tree.ts";

/** `대응 조직`: duties and staffing of each team, initial intake first. */
export function readTeams(reading: Reading, tree: Tree): readonly Team[] {
  return reading.entries(tree, "대응 조직").map((entry, place) => {
    const name = entry.key;
    const clause = reading.clause("teams", [name], name, entry.at);
    const fields = reading.fields(entry.value, name, ["duties", "staffing"]);
    const dutiesField = fields.get("duties");
    if (dutiesField)
      reading.clause("teams", [name, { id: "duties", shown: dutiesField.key }], dutiesField.key, dutiesField.at);
    const duties = (dutiesField ? reading.texts(dutiesField.value, dutiesField.key) : []).map((text) =>
      reading.of(
        reading.clause("teams", [name, { id: "duties", shown: dutiesField?.key ?? "" }, text.text], text.text, text),
      ),
    );
    const staffingField = fields.get("staffing");
    if (staffingField)
      reading.clause(
        "teams",
        [name, { id: "staffing", shown: staffingField.key }],
        staffingField.key,
        staffingField.at,
      );
    const staffing: Staffing[] = [];
    let aroundTheClock = false;
    for (const text of staffingField ? reading.texts(staffingField.value, staffingField.key) : []) {
      const line = reading.clause(
        "teams",
        [name, { id: "staffing", shown: staffingField?.key ?? "" }, text.text],
        text.text,
        text,
      );
      const heads = readStaffing(text.text);
      if (isAroundTheClock(text.text)) aroundTheClock = true;
      else if (heads !== undefined) staffing.push({ ...heads, clause: line });
      else
        reading.say(
          "info",
          "unreadable-staffing",
          text,
          text.text,
          said.unreadableStaffing(text),
          said.expectsStaffing(),
        );
    }
    return { name, place, duties, staffing, aroundTheClock, clause };
  });
}
