import { connect, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import { readSecret, type Secret } from "../../secret/secret.ts";
import type { Channel, Outcome } from "../channel.ts";
import { readSettings } from "../settings.ts";
import { type MailBody, renderMail } from "./render-mail.ts";

export type EmailSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465); otherwise STARTTLS, which is demanded unless `starttls: false`. */
  readonly secure: boolean;
  readonly starttls: boolean;
  readonly verify: boolean;
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  readonly from: string;
};

/** SMTP (RFC 5321). One connection per page: pages are rare, and an idle connection is one more thing to be dead. */
export const emailChannel: Channel<EmailSettings, MailBody> = {
  kind: "email",
  speaksTo: "people",
  parse(raw) {
    const settings = readSettings("email", raw, [
      "host",
      "port",
      "secure",
      "starttls",
      "verify",
      "user",
      "password",
      "from",
    ]);
    const password = settings.raw("password");
    return Object.freeze({
      host: settings.text("host"),
      port: settings.number("port", 587),
      secure: settings.flag("secure", false),
      starttls: settings.flag("starttls", true),
      verify: settings.flag("verify", true),
      user: settings.textOr("user", undefined),
      password:
        password === undefined || password === null ? undefined : readSecret(password, "channels.email.password"),
      from: settings.text("from"),
    });
  },
  render: renderMail,
  async send(body, address, settings, { key, thread, timeout, clock }): Promise<Outcome> {
    if (address.kind !== "person") return { is: "refused", because: "mail is addressed to a person" };
    const domain = /@([\w.-]+)/.exec(settings.from)?.[1] ?? "bongsu.invalid";
    const messageId = `<${encodeURIComponent(key)}@${domain}>`;
    let socket: Socket | undefined;
    let handedOver = false;
    const transport = createTransport({
      // The connection is ours, so that a server which goes on talking for ever can be hung up on.
      getSocket(_options, done) {
        socket = connect({ host: settings.host, port: settings.port });
        socket.once("error", done);
        socket.once("connect", () => {
          socket?.off("error", done);
          done(null, { connection: socket });
        });
      },
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      requireTLS: !settings.secure && settings.starttls,
      ignoreTLS: !settings.secure && !settings.starttls,
      tls: { rejectUnauthorized: settings.verify },
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      ...(settings.user === undefined
        ? {}
        : { auth: { user: settings.user, pass: settings.password?.reveal() ?? "" } }),
    });
    // Once the last byte of the message was taken, whatever breaks leaves open whether it arrived.
    transport.use("stream", ({ message }, done) => {
      const original = message.createReadStream.bind(message);
      message.createReadStream = (options) => original(options).once("end", () => (handedOver = true));
      done();
    });
    const cancel = clock.after(timeout, () => socket?.destroy(new Error(`no end within ${timeout} ms`)));
    try {
      const sent = await transport.sendMail({
        from: settings.from,
        to: { name: address.name, address: address.address },
        subject: body.subject,
        text: body.text,
        html: body.html,
        messageId,
        ...(thread === undefined ? {} : { inReplyTo: thread, references: thread }),
        headers: { "Auto-Submitted": "auto-generated", ...(body.important ? { Importance: "high" } : {}) },
      });
      return { is: "accepted", receipt: sent.response.slice(0, 200), thread: thread ?? messageId };
    } catch (error) {
      return outcomeOf(error, handedOver);
    } finally {
      cancel();
      socket?.destroy();
      transport.close();
    }
  },
};

/** Before DATA was answered nothing is delivered; a 5xx is final, a 4xx is not; broken off after the final dot nobody knows. */
function outcomeOf(error: unknown, handedOver: boolean): Outcome {
  const {
    code = "",
    responseCode,
    message = String(error),
  } = error as {
    code?: string;
    responseCode?: number;
    message?: string;
  };
  const because = `${code} ${message}`.trim().slice(0, 300);
  if (responseCode !== undefined && responseCode >= 500) return { is: "refused", because };
  if (responseCode !== undefined && responseCode >= 400) return { is: "later", because };
  if (code === "EAUTH" || code === "EENVELOPE" || code === "EMESSAGE") return { is: "refused", because };
  return { is: handedOver ? "unknown" : "later", because };
}
