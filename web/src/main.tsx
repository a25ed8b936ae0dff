import "./kit/tokens.css";
import "./kit/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { loadPageOf } from "./app/routes.tsx";

loadPageOf(location.pathname);
const root = document.querySelector("#root");
if (root !== null) createRoot(root).render(<App />);
if ("serviceWorker" in navigator && import.meta.env.PROD)
  void navigator.serviceWorker.register("/sw.js").catch(() => {});
