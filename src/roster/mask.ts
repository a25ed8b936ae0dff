import type { Contact } from "./roster.ts";

/** A contact as those see it who may not call it: enough to tell two apart, too little to use. */
export function masked({ channel, address }: Contact): Contact {
  return { channel, address: channel === "email" ? maskedMail(address) : maskedText(address) };
}

function maskedMail(address: string): string {
  const [local = "", domain = ""] = address.split("@");
  return `${local.slice(0, 1)}•••@${domain}`;
}

function maskedText(address: string): string {
  const shown = Math.min(2, Math.floor(address.length / 3));
  return `${address.slice(0, shown)}••••${shown === 0 ? "" : address.slice(-shown)}`;
}
