import assert from "node:assert/strict";
import { afterEach, describe, mock, test } from "node:test";
import type { Address, Page } from "../../src/notify/channel.ts";
import { consoleChannel } from "../../src/notify/console/console.ts";
import { channels } from "../../src/notify/registry.ts";
import { pageWith, sendFacts } from "../peers/page.ts";

const ROOM: Address = { kind: "room", mention: "channel", people: [{ name: "김팀장" }, { name: "박조치" }] };

describe("the console", () => {
  afterEach(() => mock.restoreAll());

  async function printed(page: Page, address: Address = ROOM): Promise<string> {
    const written: string[] = [];
    const settings = consoleChannel.parse({});
    const body = consoleChannel.render(page, address, settings);
    mock.method(process.stdout, "write", (text: string) => {
      written.push(text);
      return true;
    });
    const outcome = await consoleChannel.send(body, address, settings, sendFacts({ key: "d1" }));
    mock.restoreAll();
    assert.deepEqual(outcome, { is: "accepted", receipt: "d1" });
    return written.join("");
  }

  test("prints a page as one line: what, to whom, and by which clause", async () => {
    assert.equal(
      await printed(pageWith()),
      "▲ Critical INC-7 결제: 결제가 응답하지 않음 (새 장애) → 김팀장, 박조치  [정책 25행: 알림 규칙 › Critical — “채널: [Email]”]\n",
    );
    const { because: _, ...rest } = pageWith({ locale: "en" });
    const bare = { ...rest, because: { clause: "", text: "", line: 0 } };
    assert.equal(
      await printed(bare, { kind: "person", name: "Kim", address: "screen" }),
      "▲ Critical INC-7 결제: 결제가 응답하지 않음 (new incident) → Kim\n",
    );
  });

  test("prints nothing that a terminal would obey, and never a second line", async () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\r\n{"level":"error"}\u0085\u2028\u009b31m\u202eabc\u0000';
    const line = await printed(
      pageWith({ incident: { title: evil, service: evil }, because: { clause: evil, text: evil, line: 1 } }),
    );
    assert.match(line, /^[^\p{Cc}\p{Cf}\u2028\u2029]+\n$/u);
  });
});

test("every channel is in the registry under its own name, and renders what it is given", () => {
  assert.deepEqual([...channels.keys()].sort(), ["console", "email", "slack", "webhook"]);
  const settings = {
    console: {},
    email: { host: "h", from: "b@example.com" },
    slack: { token: "t", room: "C1" },
    webhook: {},
  } as Record<string, Record<string, unknown>>;
  const person: Address = { kind: "person", name: "김", address: "x@example.com" };
  for (const [kind, channel] of channels) {
    assert.equal(channel.kind, kind);
    const parsed = channel.parse(settings[kind] ?? {});
    for (const occasion of ["first", "overdue", "resolved", "bundle", "test", "watch"] as const) {
      for (const locale of ["ko", "en"] as const) {
        const page = pageWith({
          occasion,
          locale,
          incident: { number: occasion === "watch" || occasion === "test" ? 0 : 7 },
          bundled: occasion === "bundle" ? [{ number: 8, title: "t", grade: "Minor", isOver: true }] : [],
        });
        const words = JSON.stringify(channel.render(page, channel.speaksTo === "rooms" ? ROOM : person, parsed));
        assert.match(words, /결제가 응답하지 않음/, `${kind} ${occasion} ${locale}`);
        assert.doesNotMatch(words, /undefined|\[object|NaN/, `${kind} ${occasion} ${locale}`);
      }
    }
  }
});
