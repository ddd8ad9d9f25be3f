/** Builds the dashboard into dist/dashboard, from where the edge serves it; `vite` alone serves it for development. */

import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { firstLoad } from "./first-load.ts";

/** Where the edge listens while one develops with `npx vite dashboard`. */
const edge = `http://127.0.0.1:${process.env.CALLBOARD_PORT ?? "7070"}`;

export default defineConfig(({ command }) => {
  // A test runner that builds has NODE_ENV=test, and React's development code is three times as large.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    root: import.meta.dirname,
    plugins: [
      react(),
      tailwindcss(),
      firstLoad({
        page: "pages/employee-home",
        most: 200_000,
        report: join(import.meta.dirname, "../dist/dashboard-first-load.txt"),
      }),
    ],
    build: {
      outDir: "../dist/dashboard",
      emptyOutDir: true,
      target: "es2022",
      // The edge's content policy allows no data: scripts or styles; so nothing is inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
    server: { proxy: { "/api": edge, "/ws": { target: edge, ws: true } } },
  };
});
