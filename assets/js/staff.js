// The workbench: lists that refresh in place (htmx), picking rows, keys for queues.
import { pickRows } from "./pick.js";
import { queueKeys } from "./keys.js";

pickRows();
queueKeys();
document.body.addEventListener("htmx:afterSwap", pickRows);
