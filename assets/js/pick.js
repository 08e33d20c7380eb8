// Rows picked by their boxes show the bulk bar with the count; the first button of the bar is always a preview.
export function pickRows() {
  const bar = document.querySelector(".bulk[data-borongan]");
  if (!bar || bar.dataset.siap) return;
  bar.dataset.siap = "1";
  const boxes = [...document.querySelectorAll("input.cb[name=pilih]")];
  const all = document.querySelector("input.cb[data-semua]");
  const count = bar.querySelector("[data-jumlah]");
  const show = () => {
    const picked = boxes.filter((box) => box.checked).length;
    bar.hidden = picked === 0;
    count.textContent = `${picked} dipilih`;
    if (all) {
      all.checked = picked > 0 && picked === boxes.length;
      all.indeterminate = picked > 0 && picked < boxes.length;
    }
  };
  boxes.forEach((box) => box.addEventListener("change", show));
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); show(); });
  }
  bar.querySelector("[data-batal]")?.addEventListener("click", (event) => {
    event.preventDefault();
    boxes.forEach((box) => { box.checked = false; });
    show();
  });
  show();
}
