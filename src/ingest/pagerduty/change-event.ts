import { instantOf } from "../../time/fast-iso.ts";
import { isRecord, linkOf, textOf, textsOf } from "../read.ts";

const SUMMARY_LENGTH_MAX = 1_024;
const TEXT_LENGTH_MAX = 1_000;
const LABELS_MAX = 20;

export type ChangeEvent = {
  readonly title: string;
  readonly at: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly link?: string;
};

/** PagerDuty's change events, `POST /v2/change/enqueue`: what CI systems send of a deployment. They call nobody. */
export function readChangeEvent(body: unknown, at: number): ChangeEvent | { readonly errors: readonly string[] } {
  const payload = isRecord(body) && isRecord(body.payload) ? body.payload : undefined;
  if (!isRecord(body) || payload === undefined) return { errors: ["'payload' is missing"] };
  const title = textOf(payload.summary, SUMMARY_LENGTH_MAX);
  if (title === undefined) return { errors: ["'payload.summary' is missing or blank"] };
  const time = instantOf(payload.timestamp);
  const source = textOf(payload.source, TEXT_LENGTH_MAX);
  const details = Object.entries(textsOf(payload.custom_details, TEXT_LENGTH_MAX)).slice(0, LABELS_MAX);
  const links = Array.isArray(body.links) ? body.links : [];
  const [link] = links.flatMap((one) => (isRecord(one) ? linkOf(one.href, "link") : []));
  return {
    title,
    at: typeof time === "number" ? time : at,
    labels: { ...Object.fromEntries(details), ...(source === undefined ? {} : { source }) },
    ...(link === undefined ? {} : { link: link.href }),
  };
}
