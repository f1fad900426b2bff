/* What makes the pages quicker to use; all of them work without it.

   Marks in the pages say where it acts: data-autosubmit, data-choose-all, data-dismiss, data-find, data-focus,
   data-menu, data-nav-open, data-opens-chips, data-theme-choice, data-guard, data-again, data-sample. */
"use strict";

(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  /* navigation drawer on a phone; without this the address #navigation opens it */

  const side = document.getElementById("navigation");
  const opener = document.querySelector("[data-nav-open]");

  function moveDrawer(open) {
    side.classList.toggle("is-open", open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("[data-nav-close]").focus();
    else opener.focus();
  }

  if (side && opener) {
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", "navigation");
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      moveDrawer(true);
    });
    side.querySelector("[data-nav-close]").addEventListener("click", (event) => {
      event.preventDefault();
      moveDrawer(false);
    });
  }

  /* theme */

  function showTheme() {
    for (const button of all("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === root.dataset.theme));
    }
  }

  function chooseTheme(choice) {
    root.dataset.theme = choice;
    try {
      localStorage.setItem("theme", choice);
    } catch {
      // storage may be forbidden; the choice then lasts for this page
    }
    showTheme();
  }

  showTheme();

  /* rows to choose: a box for all of them, and how many are chosen */

  function countChosen(table) {
    const boxes = all("tbody input[type=checkbox]", table);
    const chosen = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr").classList.toggle("is-chosen", box.checked);
    for (const box of all("[data-choose-all]", table)) {
      box.checked = boxes.length > 0 && chosen.length === boxes.length;
      box.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    const bar = document.getElementById(table.dataset.chosen);
    if (!bar) return;
    bar.classList.toggle("is-empty", chosen.length === 0);
    for (const figure of all("[data-chosen-count]", bar)) figure.textContent = String(chosen.length);
  }

  function countAllTables() {
    for (const table of all("table[data-chosen]")) countChosen(table);
  }

  countAllTables();

  /* forms: sent once, and not left by accident when something was typed */

  const dirty = new Set();

  function release() {
    for (const button of all("button[aria-busy]")) button.removeAttribute("aria-busy");
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    dirty.delete(form);
    if (form.method !== "post" || form.hasAttribute("data-again")) return;
    form.dataset.sending = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  }, true);

  function allowAgain(form) {
    if (form) delete form.dataset.sending;
    release();
  }

  window.addEventListener("pageshow", () => {
    for (const form of all("form[data-sending]")) allowAgain(form);
  });

  window.addEventListener("beforeunload", (event) => {
    for (const form of dirty) if (!form.isConnected) dirty.delete(form);
    if (dirty.size > 0) event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) dirty.add(form);
  });

  /* the server says so when a form saved itself by a request of htmx */
  document.addEventListener("draft-saved", (event) => {
    const form = event.target.closest("form");
    const holdsFiles = all("input[type=file]", form).some((box) => box.files.length > 0); // which no draft keeps
    if (!holdsFiles) dirty.delete(form);
  });

  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-choose-all]")) {
      for (const box of all("tbody input[type=checkbox]", target.closest("table"))) box.checked = target.checked;
    }
    const table = target.closest("table[data-chosen]");
    if (table) countChosen(table);
    const form = target.closest("form[data-autosubmit]");
    if (form && target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });

  /* an empty filter need not stand in the address */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-autosubmit]")) return;
    for (const control of event.target.elements) {
      if (control.name && control.value === "" && !control.disabled) {
        control.disabled = true;
        setTimeout(() => { control.disabled = false; });
      }
    }
  });

  /* clicks and keys */

  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".notice").remove();
    const chip = event.target.closest("[data-opens-chips] a.chip");
    if (chip && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      htmx.ajax("GET", chip.getAttribute("href"), { source: chip });
    }
    const theme = event.target.closest("[data-theme-choice]");
    if (theme) chooseTheme(theme.dataset.themeChoice);
    for (const menu of all("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (side && side.classList.contains("is-open") && !side.contains(event.target) && !opener.contains(event.target)) {
      moveDrawer(false);
    }
  });

  /* what is cut short to two lines is told whole */
  document.addEventListener("mouseover", (event) => {
    const cut = event.target.closest(":is(.clamp, .lines td > p):not([title])");
    if (cut && cut.scrollHeight > cut.clientHeight) cut.title = cut.textContent;
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    const find = document.querySelector("[data-find]");
    const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
    if (find && wanted) {
      event.preventDefault();
      find.focus();
      find.select();
    }
    if (event.key === "Escape") {
      for (const menu of all("details[data-menu][open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      if (side && side.classList.contains("is-open")) moveDrawer(false);
    }
  });

  /* what htmx brought in: errors first, then the part that says it wants the focus */

  function focusWithin(part) {
    const wanted = part.querySelector("[data-focus], [aria-invalid=true], [autofocus]") || (part.matches("[data-focus]") && part);
    if (wanted) wanted.focus();
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    countAllTables();
    focusWithin(event.detail.elt);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    allowAgain(event.detail.elt.closest("form"));
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, () => {
      const template = document.getElementById("failed-notice");
      const messages = document.getElementById("messages");
      if (!template || !messages) return;
      messages.replaceChildren(template.content.cloneNode(true));
      messages.scrollIntoView({ block: "center" });
    });
  }

  const refused = document.querySelector(".notice[data-focus]");
  if (refused && !refused.closest("[data-sample]")) refused.focus();
})();
