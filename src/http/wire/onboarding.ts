export type OnboardingStep = "admin" | "policy" | "lint" | "people" | "channel" | "test" | "signal";

/** A question that the policy leaves open, as `bongsu check` finds it in the document. */
export type OnboardingQuestion = {
  /** The finding's id: what an answer names, here and in `POST /api/v1/policies/mend`. */
  readonly key: string;
  readonly code: string;
  readonly level: "error" | "warning";
  readonly clause: string;
  readonly line: number;
  readonly message: string;
  readonly why: string;
  /** The text that settles it, as an example. */
  readonly mend: string;
  /** What can be written into the document in answer, the proposed one first; null where no text answers it. */
  readonly choices: readonly string[] | null;
  readonly answer: OnboardingAnswer | null;
};
/** `accepted`: the default is right as it is. `changed`: the document was mended. `later`: looked at, left open. */
export type OnboardingAnswer = "accepted" | "changed" | "later";

/** `GET /api/v1/onboarding`: each step's state follows from the facts; what was chosen is kept on the server. */
export type ShownOnboarding = {
  readonly steps: readonly {
    readonly step: OnboardingStep;
    readonly done: boolean;
    readonly skipped: boolean;
  }[];
  readonly done: boolean;
  readonly dismissed: boolean;
  readonly policy: {
    readonly id: string;
    readonly title: string;
    readonly file: string;
    readonly isExample: boolean;
    readonly exampleChosen: boolean;
  } | null;
  readonly questions: readonly OnboardingQuestion[];
  readonly people: { readonly own: number; readonly example: number };
  /** The newest test page of the last day, to go on with. */
  readonly lastTest: string | null;
  readonly firstSignalAt: string | null;
  readonly publicUrl: string;
};

/** `PUT /api/v1/onboarding`: what is absent stays. */
export type OnboardingPut = {
  readonly exampleChosen?: boolean;
  readonly answers?: Readonly<Record<string, OnboardingAnswer | null>>;
  readonly skipped?: readonly OnboardingStep[];
  readonly dismissed?: boolean;
};
