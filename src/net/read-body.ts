import type { IncomingMessage } from "node:http";
import { createBrotliDecompress, createUnzip, createZstdDecompress, type Unzip } from "node:zlib";

/**
 * What undoes the encodings of an answer, in the order in which they have to be undone. One that is not known stays: who
 * asks for the status alone has no use for it. What has no body has nothing to undo, whatever its headers say.
 */
export function decodersOf({ headers, statusCode }: IncomingMessage, method: string): readonly Unzip[] {
  if (method === "HEAD" || statusCode === 204 || statusCode === 304 || headers["content-length"] === "0") return [];
  const names = (headers["content-encoding"] ?? "").toLowerCase().split(",").reverse();
  return names.flatMap((name) => DECODERS[name.trim()]?.() ?? []);
}

const DECODERS: Readonly<Record<string, () => Unzip>> = {
  gzip: createUnzip,
  "x-gzip": createUnzip,
  deflate: createUnzip,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * Bytes as text: by the mark at their begin, the header's charset, what a page says of itself, else UTF-8. What Korean
 * servers call Windows' extension of EUC-KR is read as EUC-KR, which Node has; the rarer syllables are lost in it.
 */
export function textOf(bytes: Uint8Array, contentType: string): string {
  return decoderOf(markIn(bytes) ?? charsetIn(contentType) ?? charsetIn(headOf(bytes))).decode(bytes);
}

function markIn([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** Of a page or of XML; whatever else there is has no words about itself. */
function headOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("latin1").trimStart();
  return head.startsWith("<") ? head : "";
}

/** As browsers look for `<meta charset>`. */
const HEAD_BYTES = 1_024;

function charsetIn(text: string): string | undefined {
  return /(?:charset|<\?xml[^>]{0,100}encoding)\s*=\s*["']?([\w.:-]+)/iu.exec(text)?.[1]?.toLowerCase();
}

function decoderOf(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset !== undefined && NOT_OF_BROWSERS.has(charset) ? "euc-kr" : charset);
  } catch {
    return new TextDecoder();
  }
}

const NOT_OF_BROWSERS: ReadonlySet<string> = new Set(["ms949", "cp949", "x-windows-949", "uhc"]);
