import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { onSignedOut } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { Dialog } from "../kit/dialog.tsx";
import { Loaded } from "../kit/page.tsx";
import { useWords } from "../words/locale.tsx";
import { Shell } from "./shell.tsx";
import { words } from "./words.ts";

const SignIn = lazy(() => import("../pages/sign-in/sign-in.tsx").then(({ SignIn }) => ({ default: SignIn })));
const Setup = lazy(() => import("../pages/sign-in/setup.tsx").then(({ Setup }) => ({ default: Setup })));
const Invited = lazy(() => import("../pages/sign-in/invited.tsx").then(({ Invited }) => ({ default: Invited })));

/**
 * Shows the pages to whoever is signed in, and the way in to everybody else. A session that ends in the middle of work
 * is taken up again in a dialog: what was being written stays where it is.
 */
export function Gate() {
  const me = useMe();
  const queries = useQueryClient();
  const [wasIn, setWasIn] = useState(false);
  const [ended, setEnded] = useState(false);
  const [location] = useLocation();
  const w = useWords(words);
  useEffect(() => onSignedOut(() => setEnded(true)), []);
  const again = async (): Promise<void> => {
    await queries.invalidateQueries();
    setEnded(false);
  };
  useEffect(() => {
    if (me.data?.signedIn === true) {
      setWasIn(true);
      setEnded(false);
    }
  }, [me.data]);

  if (location === "/setup" || location === "/invite")
    return (
      <Suspense>
        <Switch>
          <Route path="/setup">
            <Setup />
          </Route>
          <Route path="/invite">
            <Invited />
          </Route>
        </Switch>
      </Suspense>
    );
  return (
    <Loaded query={me}>
      {(data) => {
        if (!data.signedIn && !wasIn)
          return (
            <Suspense>
              <SignIn onSignedIn={again} />
            </Suspense>
          );
        return (
          <>
            {data.signedIn && <Shell />}
            {(ended || !data.signedIn) && (
              <Suspense>
                <Dialog title={w.signInAgain} onClose={() => setEnded(false)}>
                  <SignIn onSignedIn={again} inside />
                </Dialog>
              </Suspense>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
