// Writing a place of the report: drafts are kept every few seconds and on leaving, the preview follows the typing,
// figures are put in where the caret stands. Without scripts the buttons of the page do the same by the server.
const form = document.querySelector("form[data-naskah]");
const area = form.querySelector("textarea[name=body]");
const news = form.querySelector("[data-kabar]");
const shown = form.querySelector("#pratinjau");
let kept = area.value;
let asked = 0;
let leaving = false;

function content(step) {
  const data = new FormData(form);
  data.set("langkah", step || "");
  return data;
}

function keep({ last = false } = {}) {
  if (area.value === kept || leaving) return;
  const value = area.value;
  const options = { method: "POST", body: content("konsep"), credentials: "same-origin", keepalive: last && value.length < 30000 };
  fetch(form.dataset.konsep, options)
    .then((answer) => answer.json().then((said) => ({ ok: answer.ok, said })))
    .then(({ ok, said }) => {
      if (ok) kept = value;
      news.textContent = ok ? said.said : said.problem;
    })
    .catch(() => { news.textContent = "Konsep belum tersimpan. Periksa sambungan; naskah tetap ada di halaman ini."; });
}

function look(step = "") {
  const turn = ++asked;
  fetch(form.dataset.pratinjau, { method: "POST", body: content(step), credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((said) => {
      if (turn !== asked) return;
      shown.innerHTML = said.html;
      if (said.body !== null) { area.value = said.body; keep(); }
    })
    .catch(() => { news.textContent = "Hasil cetak belum diperbarui. Periksa sambungan, lalu tekan Lihat hasilnya."; });
}

function put(mark, ownLine) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const before = ownLine && start > 0 && value[start - 1] !== "\n" ? "\n\n" : "";
  const after = ownLine && value[end] && value[end] !== "\n" ? "\n\n" : "";
  area.setRangeText(before + mark + after, start, end, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

let saving;
let looking;
area.addEventListener("input", () => {
  clearTimeout(saving);
  clearTimeout(looking);
  saving = setTimeout(keep, 4000);
  looking = setTimeout(look, 900);
});
setInterval(keep, 15000);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep({ last: true }); });
window.addEventListener("pagehide", () => keep({ last: true }));
form.addEventListener("submit", () => { leaving = true; });
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-sisip]");
  if (chosen) put(chosen.dataset.sisip, chosen.hasAttribute("data-baris"));
  const step = event.target.closest("#pratinjau button[name=langkah]");
  if (step && /^(ikat|luar|rujukan|tanggal)\|/.test(step.value)) {
    event.preventDefault();
    look(step.value);
  }
});
document.addEventListener("keydown", (event) => {
  // Enter in the box of a source declares that number and does not save the text.
  if (event.key === "Enter" && event.target.matches?.("#pratinjau input")) {
    event.preventDefault();
    event.target.closest("details")?.querySelector("button[value^='luar|']")?.click();
  }
});
