import { PbfWriter } from "pbf";

export type OtlpEncoding = "json" | "protobuf";

export const CONTENT_TYPES: Readonly<Record<OtlpEncoding, string>> = {
  json: "application/json",
  protobuf: "application/x-protobuf",
};

/** `ExportMetricsServiceResponse`: empty where everything was taken. */
export function successBody(encoding: OtlpEncoding, rejected: number, because: string | undefined): Uint8Array {
  const isWhole = rejected === 0 && because === undefined;
  if (encoding === "json") {
    const partialSuccess = {
      ...(rejected === 0 ? {} : { rejectedDataPoints: String(rejected) }),
      ...(because === undefined ? {} : { errorMessage: because }),
    };
    return Buffer.from(JSON.stringify(isWhole ? {} : { partialSuccess }));
  }
  const writer = new PbfWriter();
  if (!isWhole)
    writer.writeMessage(
      RESPONSE.partialSuccess,
      (_, inner) => {
        if (rejected !== 0) inner.writeVarintField(PARTIAL.rejectedDataPoints, rejected);
        if (because !== undefined) inner.writeStringField(PARTIAL.errorMessage, because);
      },
      undefined,
    );
  return writer.finish();
}

/**
 * `google.rpc.Status`, of which the protocol uses the message alone. In JSON `error` stands beside it as in every other
 * answer: whoever reads the protocol skips what it does not know.
 */
export function failureBody(encoding: OtlpEncoding, message: string, error: object): Uint8Array {
  if (encoding === "json") return Buffer.from(JSON.stringify({ message, error }));
  const writer = new PbfWriter();
  writer.writeStringField(STATUS.message, message);
  return writer.finish();
}

const RESPONSE = { partialSuccess: 1 };
const PARTIAL = { rejectedDataPoints: 1, errorMessage: 2 };
const STATUS = { message: 2 };
