import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { freePort } from "./free-port.ts";

export type Mail = { readonly to: string; readonly at: number; readonly parsed: ParsedMail };

export type Smtp = { readonly port: number; readonly mails: Mail[]; stop(): Promise<void> };

/** A real SMTP server that keeps what it is given. `refuse` says which addresses it does not know. */
export async function startSmtp(refuse: (address: string) => boolean = () => false): Promise<Smtp> {
  const mails: Mail[] = [];
  const port = await freePort();
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo({ address }, _session, done) {
      if (!refuse(address)) return done();
      done(Object.assign(new Error("no such user here"), { responseCode: 550 }));
    },
    onData(stream, session, done) {
      simpleParser(stream).then((parsed) => {
        for (const { address } of session.envelope.rcptTo) mails.push({ to: address, at: Date.now(), parsed });
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { port, mails, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
