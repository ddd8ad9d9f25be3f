/** Builds the dashboard into dist/dashboard, from where the edge serves it; `vite` alone serves it for development. */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the edge listens while one develops with `npx vite dashboard`. */
const edge = `http://127.0.0.1:${process.env.CALLBOARD_PORT ?? "7070"}`;

export default defineConfig(({ command }) => {
  // A test runner that builds has NODE_ENV=test, and React's development code is three times as large.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    root: import.meta.dirname,
    plugins: [react(), tailwindcss()],
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
