// The workbench: lists that refresh in place (htmx), picking rows, keys for queues.
import { pickRows } from "./pick.js";
import { queueKeys } from "./keys.js";

pickRows();
queueKeys();
// A day is typed in three boxes: the list waits for the last one.
document.addEventListener("change", (event) => {
  const boxes = [...(event.target.closest("[data-hari]")?.querySelectorAll("input") ?? [])].map((box) => box.value.trim());
  if (boxes.some(Boolean) && !boxes.every(Boolean)) event.stopPropagation();
}, true);
document.body.addEventListener("htmx:afterSwap", pickRows);
