import { until } from "./until.ts";

export type StreamEvent = { readonly event: string; readonly id: string | undefined; readonly data: unknown };

/** A reader of server-sent events as the HTML standard has them, as far as Bongsu sends them. */
export type EventStream = {
  readonly events: readonly StreamEvent[];
  /** The first event that fits, as soon as it is there. */
  next(what: string, fits: (event: StreamEvent) => boolean, withinMs?: number): Promise<StreamEvent>;
  close(): void;
};

export async function openStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  const events: StreamEvent[] = [];
  void (async () => {
    let pending = "";
    const text = response.body?.pipeThrough(new TextDecoderStream());
    if (text === undefined) return;
    for await (const chunk of text) {
      pending += chunk;
      const blocks = pending.split("\n\n");
      pending = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = new Map(
          block.split("\n").map((line) => [line.split(":")[0] ?? "", line.replace(/^\w+: ?/, "")]),
        );
        events.push({
          event: fields.get("event") ?? "message",
          id: fields.get("id"),
          data: JSON.parse(fields.get("data") ?? "null"),
        });
      }
    }
  })().catch(() => {});
  return {
    events,
    next: (what, fits, withinMs) => until(what, () => events.find(fits), withinMs),
    close: () => abort.abort(),
  };
}
