import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const OPENSSL = "/usr/bin/openssl";

export type SelfSigned = { readonly key: string; readonly cert: string };

/** A certificate of its own authority for `name`; with days below zero it has ended. */
export function selfSigned(name: string, days: number): SelfSigned {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-cert-"));
  const openssl = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync(OPENSSL, args, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`openssl: ${stderr}`);
  };
  try {
    writeFileSync(join(folder, "names"), `subjectAltName=DNS:${name}\n`);
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    openssl("req", ...curve, "-keyout", "key", "-out", "request", "-subj", `/CN=${name}`);
    const sign = ["x509", "-req", "-in", "request", "-signkey", "key", "-days", String(days), "-extfile", "names"];
    openssl(...sign, "-out", "cert");
    return { key: readFileSync(join(folder, "key"), "utf8"), cert: readFileSync(join(folder, "cert"), "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
