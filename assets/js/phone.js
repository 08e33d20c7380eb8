// Public shell: registers the service worker, offers to install, keeps the own card on the phone, lists it when offline.
const CARD = "kartu-";
const words = {
  kept: "Kartu ini tersimpan di ponsel ini dan bisa dibuka tanpa internet. Keluar dari akun menghapusnya dari ponsel.",
  failed: "Kartu belum tersimpan di ponsel ini. Buka lagi halaman ini saat ada internet.",
};

async function keepCard(place) {
  const worker = (await navigator.serviceWorker.ready).active;
  const channel = new MessageChannel();
  channel.port1.onmessage = (event) => { place.textContent = event.data ? words.kept : words.failed; };
  const images = [...document.querySelectorAll("img[data-simpan]")].map((image) => new URL(image.src).pathname);
  worker.postMessage({ simpan: [location.pathname, ...new Set(images)] }, [channel.port2]);
}

async function listCards(place) {
  const mark = await caches.match("/pemegang", { cacheName: "pemegang" });
  if (!mark) return;
  const cache = await caches.open(CARD + (await mark.text()));
  const pages = (await cache.keys()).map((request) => new URL(request.url).pathname).filter((path) => !path.endsWith("/foto/"));
  for (const path of pages) {
    const link = document.createElement("a");
    link.href = path;
    link.className = "govuk-button";
    link.textContent = "Buka kartu AK-1";
    place.append(link);
  }
  place.hidden = pages.length === 0;
}

function offerInstall(button) {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    button.hidden = false;
    button.firstElementChild.addEventListener("click", () => { event.prompt(); button.hidden = true; }, { once: true });
  });
}

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => { /* storage is closed in private windows: the site works without */ });
  const place = document.querySelector("[data-simpan-kartu]");
  if (place && navigator.onLine) keepCard(place);
  const list = document.querySelector("[data-kartu-tersimpan]");
  if (list) listCards(list);
}
document.querySelectorAll("[data-pasang]").forEach(offerInstall);
document.querySelectorAll("[data-luring]").forEach((note) => { note.hidden = navigator.onLine; });
