/** The start of the dashboard. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./state/theme.ts";
import "./theme.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root: it does not belong to this script.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
