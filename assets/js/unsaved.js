// A form marked data-jaga asks before the page is left with typed but unsent answers. Nothing is stored anywhere.
export function guardUnsaved() {
  const form = document.querySelector("form[data-jaga]");
  if (!form) return;
  let dirty = Boolean(document.querySelector(".govuk-error-summary"));
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}
