/** The browser's own dialog for passkeys; loaded when somebody asks for it. */
type Options = Parameters<typeof import("@simplewebauthn/browser").startAuthentication>[0]["optionsJSON"];
type NewOptions = Parameters<typeof import("@simplewebauthn/browser").startRegistration>[0]["optionsJSON"];

/** Shows a passkey; a `DOMException` where the person did not. */
export async function showPasskey(options: unknown): Promise<unknown> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  return told(() => startAuthentication({ optionsJSON: options as Options }));
}

/** Makes a passkey; a `DOMException` where the person did not, or has one here already. */
export async function makePasskey(options: unknown): Promise<unknown> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  return told(() => startRegistration({ optionsJSON: options as NewOptions }));
}

/** The library wraps what the browser says; the browser's own word is enough. */
async function told(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    const { cause, name } = error as Error;
    throw cause instanceof DOMException ? cause : new DOMException(String(error), name);
  }
}
