import "./kit/tokens.css";
import "./kit/base.css";
import { createRoot } from "react-dom/client";
import { App, asked } from "./app/app.tsx";
import { loadPageOf } from "./app/routes.tsx";

/** On a good line all is there within this, and is drawn once; on a bad one people see at once that it is loading. */
const PATIENCE_MS = 300;

const root = document.querySelector("#root");
const ready = Promise.all([asked, loadPageOf(location.pathname)]);
const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
void Promise.race([ready, patience]).then(() => {
  if (root !== null) createRoot(root).render(<App />);
});
if ("serviceWorker" in navigator && import.meta.env.PROD)
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js").catch(() => {}), { once: true });
