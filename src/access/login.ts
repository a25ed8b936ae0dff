const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u;

/** A login as it is kept: letters of any script, digits and `._@+-`, at most 64 characters; undefined where it is none. */
export function loginOf(text: string): string | undefined {
  const login = text.normalize("NFC").trim();
  return LOGIN.test(login) ? login : undefined;
}
