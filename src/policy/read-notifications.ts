import { policySaid as said } from "../locale/policy.ts";
import { isOnDutyOperator, readChannel } from "./phrases.ts";
import type { NotificationRule, PolicyChannel, Recipient } from "./policy.ts";
import type { Reading } from "./reading.ts";
import type { Tree } from "./tree.ts";
import { allChannelWords, nearest } from "./vocabulary.ts";

/** `알림 규칙`: per grade, through what and to whom. */
export function readNotifications(reading: Reading, tree: Tree): readonly NotificationRule[] {
  return reading.entries(tree, "알림 규칙").map((entry) => {
    const grade = entry.key;
    const clause = reading.clause("notifications", [grade], grade, entry.at);
    const fields = reading.fields(entry.value, grade, ["channels", "recipients"]);

    const channelsField = fields.get("channels");
    const channels: PolicyChannel[] = [];
    if (channelsField === undefined) reading.missing(entry.at, grade, "channels", "- Email");
    else {
      reading.clause(
        "notifications",
        [grade, { id: "channels", shown: channelsField.key }],
        channelsField.key,
        channelsField.at,
      );
      if (reading.isEmpty(channelsField.value)) reading.missing(channelsField.at, grade, "channels", "- Email");
      for (const text of reading.texts(channelsField.value, channelsField.key)) {
        const channel = readChannel(text.text);
        const line = reading.clause(
          "notifications",
          [grade, { id: "channels", shown: channelsField.key }, text.text],
          text.text,
          text,
        );
        if (channel !== undefined) channels.push({ ...channel, clause: line });
        else {
          const expected = said.expectsOneOf({
            words: ["전화", "SMS", "Slack", "Slack (@channel)", "Slack (@here)", "Email", "Webhook"],
            nearest: nearest(text.text, allChannelWords),
          });
          reading.say("error", "unknown-channel", text, text.text, said.unknownChannel(text), expected);
        }
      }
    }

    const recipientsField = fields.get("recipients");
    const recipients: Recipient[] = [];
    if (recipientsField === undefined) reading.missing(entry.at, grade, "recipients", "- 운영팀");
    else {
      reading.clause(
        "notifications",
        [grade, { id: "recipients", shown: recipientsField.key }],
        recipientsField.key,
        recipientsField.at,
      );
      if (reading.isEmpty(recipientsField.value)) reading.missing(recipientsField.at, grade, "recipients", "- 운영팀");
      for (const text of reading.texts(recipientsField.value, recipientsField.key)) {
        const line = reading.clause(
          "notifications",
          [grade, { id: "recipients", shown: recipientsField.key }, text.text],
          text.text,
          text,
        );
        const kind = isOnDutyOperator(text.text) ? "on-duty-operator" : "named";
        recipients.push({ kind, name: text.text, clause: line });
      }
    }
    return { grade, channels, recipients, clause };
  });
}
