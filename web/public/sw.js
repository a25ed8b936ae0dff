// Keeps the frame of the web UI for when the server or the line is away: the page then opens, says that it is not
// connected, and shows what it last knew. Answers of the API are never kept here.
const SHELL = "bongsu-shell-1";

self.addEventListener("install", (event) => {
  event.waitUntil(self.skipWaiting());
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) {
    // Named by their content: what is kept is right for ever.
    event.respondWith(
      caches.open(SHELL).then(async (cache) => {
        const kept = await cache.match(request);
        if (kept !== undefined) return kept;
        const answer = await fetch(request);
        if (answer.ok) void cache.put(request, answer.clone());
        return answer;
      }),
    );
  } else if (request.mode === "navigate" && !/^\/(api|a|v2|metrics)(\/|$)/.test(url.pathname)) {
    event.respondWith(
      fetch(request)
        .then(async (answer) => {
          if (answer.ok) void (await caches.open(SHELL)).put("/", answer.clone());
          return answer;
        })
        .catch(async () => (await caches.match("/")) ?? Response.error()),
    );
  }
});
