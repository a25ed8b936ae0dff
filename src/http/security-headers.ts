/** What every answer tells browsers. A page that needs more than its policy allows brings its own. */
export const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  // One-time links and acknowledge links stand in addresses.
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
} as const;
