/* Before the first paint: the chosen theme, and the mark that scripts run. Shares its memory with Django's admin. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // storage may be forbidden; the system's theme holds then
  }
  root.dataset.theme = chosen === "light" || chosen === "dark" ? chosen : "auto";
})();
