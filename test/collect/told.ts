import type { CollectReason } from "../../src/monitor/collect-reason.ts";
import { sayCollectReasons } from "../../src/monitor/collect-reason-words.ts";

/** Reasons as an English reader is told them; empty where there are none. */
export function told(reasons: readonly CollectReason[] | undefined): string {
  return sayCollectReasons(reasons ?? []).en;
}
