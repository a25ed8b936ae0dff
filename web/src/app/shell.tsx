import { useQueryClient } from "@tanstack/react-query";
import { Component, lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { startLive } from "../api/live.ts";
import { useSignedIn } from "../api/me.ts";
import { Button, LinkButton } from "../kit/button.tsx";
import { Icon } from "../kit/icon.tsx";
import { KeysProvider, useKey, useKeyText } from "../kit/keys.tsx";
import { Empty, Notice, Page } from "../kit/page.tsx";
import { useWords } from "../words/locale.tsx";
import { words as shared } from "../words/words.ts";
import { LinkBanner } from "./link-banner.tsx";
import { NavigationMore } from "./navigation-more.tsx";
import { OpenCount } from "./open-count.tsx";
import { type PageRoute, routes } from "./routes.tsx";
import styles from "./shell.module.css";
import { words } from "./words.ts";

const Palette = lazy(() => import("./palette.tsx").then(({ Palette }) => ({ default: Palette })));
const KeysDialog = lazy(() => import("./keys-dialog.tsx").then(({ KeysDialog }) => ({ default: KeysDialog })));

/** Navigation around the pages: a side bar on a desk, a bar at the thumb on a phone. */
export function Shell() {
  const queries = useQueryClient();
  const [location, navigate] = useLocation();
  const go = useCallback(
    (code: string) => {
      const route = routes.find(({ key }) => key === code);
      if (route !== undefined) navigate(route.path);
      return route !== undefined;
    },
    [navigate],
  );
  const { live } = useSignedIn();
  const from = useRef(live);
  useEffect(() => startLive(queries, from.current), [queries]);
  return (
    <KeysProvider go={go}>
      <OpenCount />
      {location === "/wall" ? <Pages /> : <Frame />}
      <Overlays />
    </KeysProvider>
  );
}

function Frame() {
  const w = useWords(words);
  const me = useSignedIn();
  const shown = useShownRoutes();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {w.skip}
      </a>
      <nav className={styles.nav} aria-label={w.navigation}>
        <Link href="/" className={styles.brand}>
          <Icon name="beacon" size={26} />
          <span>{w.brand}</span>
        </Link>
        <PaletteButton />
        <ul className={styles.items}>
          {shown.map((route) => (
            <li key={route.path} className={route.nav === "more" ? styles.deskOnly : ""}>
              <NavigationLink route={route} />
            </li>
          ))}
        </ul>
        <NavigationMore routes={shown.filter(({ nav }) => nav === "more")} />
      </nav>
      <main id="content" className={styles.main} tabIndex={-1}>
        <LinkBanner />
        {me.onboarding && <SetUpNotice />}
        <Pages />
      </main>
    </div>
  );
}

function useShownRoutes(): readonly PageRoute[] {
  const { may } = useSignedIn();
  return routes.filter(
    ({ nav, permission }) => nav !== undefined && (permission === undefined || may.includes(permission)),
  );
}

function NavigationLink({ route }: { readonly route: PageRoute }) {
  const { pages } = useWords(words);
  const [location] = useLocation();
  const isHere = route.path === "/" ? location === "/" : location.startsWith(route.path);
  return (
    <Link href={route.path} className={styles.item} {...(isHere ? { "aria-current": "page" } : {})}>
      <Icon name={route.icon} size={22} />
      <span>{pages[route.name]}</span>
    </Link>
  );
}

function PaletteButton() {
  const w = useWords(words);
  const key = useKeyText("palette");
  return (
    <button type="button" className={styles.find} onClick={() => dispatchEvent(new CustomEvent("bongsu:palette"))}>
      <Icon name="search" />
      <span>{w.search}</span>
      {key !== "" && <kbd>{key}</kbd>}
    </button>
  );
}

function SetUpNotice() {
  const w = useWords(words);
  const [location] = useLocation();
  if (location !== "/") return null;
  return (
    <div className={styles.notice}>
      <Notice tone="warn">
        <p>{w.finishSetup}</p>
        <p>
          <LinkButton to="/welcome" size="small">
            {w.goOn}
          </LinkButton>
        </p>
      </Notice>
    </div>
  );
}

/** What opens above the pages by a key: the palette and the list of keys. */
function Overlays() {
  const [open, setOpen] = useState<"palette" | "keys" | undefined>();
  useKey("palette", () => setOpen("palette"), "shell");
  useKey("search", () => setOpen("palette"), "shell");
  useKey("help", () => setOpen("keys"), "shell");
  useEffect(() => {
    const palette = (): void => setOpen("palette");
    const keys = (): void => setOpen("keys");
    addEventListener("bongsu:palette", palette);
    addEventListener("bongsu:keys", keys);
    return () => {
      removeEventListener("bongsu:palette", palette);
      removeEventListener("bongsu:keys", keys);
    };
  }, []);
  const close = useCallback(() => setOpen(undefined), []);
  return (
    <Suspense>
      {open === "palette" && <Palette onClose={close} />}
      {open === "keys" && <KeysDialog onClose={close} />}
    </Suspense>
  );
}

function Pages() {
  const { loading } = useWords(shared);
  const [location] = useLocation();
  return (
    <Caught key={location}>
      <Suspense
        fallback={
          <p className={styles.loading} role="status">
            {loading}
          </p>
        }
      >
        <Switch>
          {routes.map((route) => (
            <Route key={route.path} path={route.path}>
              <Permitted route={route} />
            </Route>
          ))}
          <Route>
            <NoSuchPage />
          </Route>
        </Switch>
      </Suspense>
    </Caught>
  );
}

function Permitted({ route }: { readonly route: PageRoute }) {
  const { may } = useSignedIn();
  const w = useWords(words);
  if (route.permission !== undefined && !may.includes(route.permission))
    return (
      <Page title={w.pages[route.name] ?? ""}>
        <Empty icon="key">{w.notAllowed}</Empty>
      </Page>
    );
  return <route.page />;
}

function NoSuchPage() {
  const w = useWords(words);
  return (
    <Page title={w.noSuchPage}>
      <Empty act={<LinkButton to="/">{w.home}</LinkButton>}>{w.noSuchPage}</Empty>
    </Page>
  );
}

/** One page that fails takes no other with it. */
class Caught extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Crashed error={this.state.error} />;
  }
}

function Crashed({ error }: { readonly error: unknown }) {
  const w = useWords(words);
  return (
    <Page title={w.brand}>
      <Notice tone="bad">
        <p>{w.crashed}</p>
        <p>
          <code>{String(error)}</code>
        </p>
        <p>
          <Button onPress={() => location.reload()}>{w.reload}</Button>
        </p>
      </Notice>
    </Page>
  );
}
