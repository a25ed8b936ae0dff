import { useQuery } from "@tanstack/react-query";
import type { PolicyDocument } from "../../../../src/http/wire/policy.ts";
import type { ComparedPlans, CompareRequest, SimulatedPlan } from "../../../../src/http/wire/simulate.ts";
import { api } from "../../api/client.ts";
import { Loaded, Page } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { useVersionName } from "../policy/version-names.ts";
import { Comparison } from "./comparison.tsx";
import { PlanView } from "./plan-view.tsx";
import { SimulateForm } from "./simulate-form.tsx";
import { SimulatorTabs } from "./simulator-tabs.tsx";
import { requestOf, useWish, type Wish } from "./wish.ts";
import { words } from "./words.ts";

/** Who would be reached through what and when, if it happened. */
export function SimulatePage() {
  const w = useWords(words);
  const [wish, change] = useWish();
  const document = useQuery({
    queryKey: ["policy", "document", "current"],
    queryFn: () => api.get<PolicyDocument>("/api/v1/policy"),
  });
  return (
    <Page title={w.title} lead={w.lead}>
      <SimulatorTabs here="supposed" />
      <Loaded query={document}>
        {({ id, grades, services }) => {
          const asked = { ...wish, grade: wish.grade || (grades[0] ?? "") };
          return (
            <>
              <SimulateForm wish={asked} current={id} grades={grades} services={services} onChange={change} />
              {asked.compare === "" ? <One wish={asked} /> : <Two wish={asked} current={id} />}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function One({ wish }: { readonly wish: Wish }) {
  const request = requestOf(wish, useZone());
  const query = useQuery({
    queryKey: ["policy", "simulate", request, wish.policy],
    queryFn: () =>
      api.post<SimulatedPlan>("/api/v1/simulate", {
        ...request,
        ...(wish.policy === "" ? {} : { policy: wish.policy }),
      }),
    enabled: request !== undefined,
    placeholderData: (before) => before,
  });
  if (request === undefined) return null;
  return <Loaded query={query}>{(plan) => <PlanView plan={plan} />}</Loaded>;
}

function Two({ wish, current }: { readonly wish: Wish; readonly current: string }) {
  const nameOf = useVersionName();
  const request = requestOf(wish, useZone());
  const body: CompareRequest | undefined = request && {
    ...request,
    left: wish.policy === "" ? current : wish.policy,
    right: wish.compare === "current" ? current : wish.compare,
  };
  const query = useQuery({
    queryKey: ["policy", "compare", body],
    queryFn: () => api.post<ComparedPlans>("/api/v1/simulate/compare", body),
    enabled: body !== undefined,
    placeholderData: (before) => before,
  });
  const names = { left: nameOf(wish.policy), right: nameOf(wish.compare) };
  if (request === undefined) return null;
  return <Loaded query={query}>{(compared) => <Comparison compared={compared} names={names} />}</Loaded>;
}
