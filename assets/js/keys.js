// Letters on links and buttons with data-kunci follow them. Off while a field has focus, with a modifier, or when the
// officer switched them off; a letter never sends a decision by itself, it opens its page or moves focus to its button.
const STORE = "sidakep.pintasan";
const off = () => { try { return localStorage.getItem(STORE) === "mati"; } catch { return false; } };
const inField = (node) => node.closest("input, textarea, select, [contenteditable], dialog") !== null;

function openBox(summary) {
  summary.parentElement.open = true;
  summary.parentElement.querySelector("textarea")?.focus();
}

export function queueKeys() {
  const targets = document.querySelectorAll("[data-kunci]");
  const dialog = document.querySelector("dialog.keys");
  if (!targets.length || !dialog) return;
  const toggle = dialog.querySelector("[data-pintasan]");
  const label = () => { toggle.textContent = off() ? "Nyalakan pintasan" : "Matikan pintasan"; };
  label();
  toggle.addEventListener("click", () => {
    try { localStorage.setItem(STORE, off() ? "nyala" : "mati"); } catch { /* private mode keeps the default: on */ }
    label();
  });
  document.querySelectorAll("[data-buka-pintasan]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
    if (event.key === "?") { dialog.showModal(); return; }
    if (off()) return;
    const target = [...targets].find((node) => node.dataset.kunci === event.key.toLowerCase());
    if (!target) return;
    event.preventDefault();
    target.closest("details.act-m")?.setAttribute("open", "");
    if (target.tagName === "A") target.click();
    else if (target.tagName === "SUMMARY") openBox(target);
    else target.focus();
  });
}
