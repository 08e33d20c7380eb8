// The service worker: the site's shell and its offline page for everybody, and the holder's own card for the holder alone.
// /sw.js puts SETUP before this file: { version, offline, assets, cards, signOut }. Pages of staff and everything else are
// never kept. Whose card may be read is told by the header X-Pemegang of the last page: another person's key, or "-" for
// nobody, removes what was kept before.
const SHELL = `kulit-${SETUP.version}`;
const HOLDER = "pemegang", CARD = "kartu-", MARK = "/pemegang";
const CARD_PAGE = new RegExp(`^${SETUP.cards}[0-9a-f-]{36}/(foto/)?$`);
let turn = Promise.resolve();

// One change of the kept cards after the other.
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

async function holder() {
  const mark = await caches.match(MARK, { cacheName: HOLDER });
  return mark ? mark.text() : "";
}

async function purge(except = "") {
  for (const name of await caches.keys()) {
    if (name === HOLDER || (name.startsWith(CARD) && name !== CARD + except)) await caches.delete(name);
  }
}

// The page just loaded tells who is signed in; no header tells nothing.
async function heed(response) {
  const key = response.headers.get("X-Pemegang");
  if (key === null || key === (await holder())) return;
  await purge(key);
  if (key !== "-") await (await caches.open(HOLDER)).put(MARK, new Response(key));
}

function keepable(path, response) {
  const key = response.headers.get("X-Pemegang");
  return CARD_PAGE.test(path) && response.ok && !response.redirected && key && key !== "-" ? key : "";
}

async function fromNetwork(request) {
  const response = await fetch(request);
  const path = new URL(request.url).pathname;
  const copy = keepable(path, response) ? response.clone() : null;
  await inTurn(async () => {
    await heed(response);
    if (copy) await (await caches.open(CARD + copy.headers.get("X-Pemegang"))).put(path, copy);
    else if (CARD_PAGE.test(path) && [403, 404].includes(response.status)) await forget(path);
  });
  return response;
}

async function forget(path) {
  const key = await holder();
  if (key) await (await caches.open(CARD + key)).delete(path);
}

async function kept(path) {
  const key = await holder();
  return key && CARD_PAGE.test(path) ? caches.match(path, { cacheName: CARD + key }) : undefined;
}

async function page(request) {
  try {
    return await fromNetwork(request);
  } catch {
    await turn;
    return (await kept(new URL(request.url).pathname)) || caches.match(SETUP.offline, { cacheName: SHELL });
  }
}

async function part(request, path) {
  try {
    return await fromNetwork(request);
  } catch {
    return (await kept(path)) || Response.error();
  }
}

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(SHELL);
    // Without credentials: the offline page must show nobody's name.
    await cache.addAll([SETUP.offline, ...SETUP.assets].map((url) => new Request(url, { credentials: "omit", cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name.startsWith("kulit-") && name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === SETUP.signOut) {
    event.respondWith(inTurn(() => purge()).then(() => fetch(request)));
  } else if (request.method !== "GET") {
    return;
  } else if (request.mode === "navigate") {
    event.respondWith(page(request));
  } else if (CARD_PAGE.test(url.pathname)) {
    event.respondWith(part(request, url.pathname));
  } else if (SETUP.assets.includes(url.pathname)) {
    event.respondWith(caches.match(request, { cacheName: SHELL, ignoreSearch: true }).then((found) => found || fetch(request)));
  }
});

// The card page asks to be kept: on the first visit it was loaded before this worker was there.
self.addEventListener("message", (event) => {
  const wanted = (event.data?.simpan || []).filter((path) => CARD_PAGE.test(path));
  if (!wanted.length) return;
  const keep = Promise.all(wanted.map((path) => fromNetwork(new Request(path, { credentials: "same-origin" }))));
  event.waitUntil(keep.then(
    (found) => event.ports[0]?.postMessage(found.every((response) => response.ok)),
    () => event.ports[0]?.postMessage(false),
  ));
});
