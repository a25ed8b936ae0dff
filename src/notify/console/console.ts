import type { Channel } from "../channel.ts";
import { wordsOf } from "../words.ts";

/** Prints each page as one line on the server's own output: for the first start, and where nothing else is set up. */
export const consoleChannel: Channel<Record<string, never>, string> = {
  kind: "console",
  speaksTo: "rooms",
  parse: () => ({}),
  render(page, address) {
    const { headline, because } = wordsOf(page);
    const people = address.kind === "room" ? address.people.map(({ name }) => name) : [address.name];
    const to = people.length > 0 ? ` → ${people.join(", ")}` : "";
    // A test page is acknowledged by its link; nobody else may read of an incident's here.
    const link = page.occasion === "test" && page.acknowledgeUrl !== undefined ? `  ${page.acknowledgeUrl}` : "";
    return `${headline}${to}${because === "" ? "" : `  [${because}]`}${link}`;
  },
  send(body, _address, _settings, { key }) {
    process.stdout.write(`${body}\n`);
    return Promise.resolve({ is: "accepted", receipt: key });
  },
};
