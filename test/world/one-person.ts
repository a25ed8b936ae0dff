/** A policy whose every page goes to one person, for tests of what opens and ends incidents; `more` are blocks of YAML. */
export function onePersonPolicy(more = ""): string {
  return `\`\`\`yaml
grades:
  Critical: { criteria: [a], respond within: immediate, owner: L1 }
  Major: { criteria: [b], respond within: 2 hours, owner: L1 }
  Minor: { criteria: [c], respond within: 4 hours, owner: L1 }
teams:
  L1: { duties: [repair] }
notifications:
  Critical: { via: [SMS], to: [L1] }
  Major: { via: [SMS], to: [L1] }
  Minor: { via: [Email], to: [L1] }
${more}\`\`\`
`;
}

export const ONE_PERSON = `people:
  ann: { name: Ann, locale: en, contacts: { sms: 010-1000-0001, email: ann@example.com } }
teams:
  L1: { members: { operator: [ann] } }
channels: { email: {}, sms: {} }
`;
