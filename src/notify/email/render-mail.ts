import { pageSaid } from "../../locale/page.ts";
import type { Page } from "../channel.ts";
import { oneLine, wordsOf } from "../words.ts";

export type MailBody = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly important: boolean;
};

const SUBJECT_LENGTH_MAX = 150;

/** A mail in text and HTML: the same words in the same order, readable at arm's length, one button. */
export function renderMail(page: Page): MailBody {
  const { headline, lines, description, because } = wordsOf(page);
  const label = pageSaid.openLink()[page.locale];
  const links = page.links
    .map(({ href, text }) => ({ href: httpOnly(href), text: oneLine(text) }))
    .filter(({ href }) => href !== undefined);
  const text = [
    headline,
    "",
    ...lines,
    ...(page.acknowledgeUrl === undefined ? [] : ["", `${label}: ${page.acknowledgeUrl}`]),
    ...(description === "" ? [] : ["", description]),
    ...(because === "" ? [] : ["", because]),
    ...links.map((link) => `${link.text}: ${link.href}`),
  ].join("\n");
  const html = `<!doctype html><html lang="${page.locale}"><body style="font:16px/1.5 sans-serif;margin:16px;max-width:640px">
<h1 style="font-size:20px">${escaped(headline)}</h1>
${lines.map((line) => `<p style="margin:4px 0">${escaped(line)}</p>`).join("\n")}
${page.acknowledgeUrl === undefined ? "" : `<p style="margin:20px 0"><a href="${escaped(page.acknowledgeUrl)}" style="display:inline-block;padding:14px 24px;background:#b42318;color:#fff;text-decoration:none;border-radius:6px;font-weight:bold">${escaped(label)}</a></p>`}
${description === "" ? "" : `<p style="white-space:pre-wrap">${escaped(description)}</p>`}
${because === "" ? "" : `<p style="color:#555;font-size:14px">${escaped(because)}</p>`}
${links.map((link) => `<p style="font-size:14px"><a href="${escaped(link.href ?? "")}">${escaped(link.text)}</a></p>`).join("\n")}
</body></html>`;
  return {
    subject: headline.slice(0, SUBJECT_LENGTH_MAX).toWellFormed(),
    text,
    html,
    important: page.urgency === "wake",
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** A link of an alert is followed by people: only to the web. */
function httpOnly(href: string): string | undefined {
  try {
    const url = new URL(href);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}
