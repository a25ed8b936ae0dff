import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `npm start` and `npm test` build it; `node_modules/.bin/vite web` serves it with live reload beside a server on 7119. */
const server = process.env.BONGSU_WEB_SERVER ?? "http://127.0.0.1:7119";

// biome-ignore lint/style/noDefaultExport: Vite reads the default export.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: "es2024",
    outDir: "dist",
    emptyOutDir: true,
    // Small files as data: addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: { proxy: { "/api": { target: server, changeOrigin: false }, "/a/": server } },
});
