/* Names for screen readers where Django's admin leaves controls without one: cells of inlines, search boxes of select2. */
"use strict";

(() => {
  function nameControl(control, name) {
    if (name && !control.labels?.length && !control.hasAttribute("aria-label")) control.setAttribute("aria-label", name);
  }

  function nameCells(table) {
    const heads = Array.from(table.querySelectorAll("thead th")).flatMap((head) =>
      Array(head.colSpan || 1).fill(head.innerText.trim()));
    for (const row of table.querySelectorAll("tbody tr")) {
      Array.from(row.cells).forEach((cell, index) => {
        for (const control of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
          nameControl(control, heads[index]);
        }
      });
    }
  }

  function nameSelections() {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const name = select.labels?.[0]?.innerText.trim().replace(/[:：]$/, "") || select.getAttribute("aria-label");
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      const shown = box?.querySelector(".select2-selection__rendered");
      for (const part of [box, shown]) {
        if (part && name) {
          part.removeAttribute("aria-labelledby");
          part.setAttribute("aria-label", [name, shown?.title].filter(Boolean).join(" "));
        }
      }
    }
  }

  function nameAll() {
    for (const table of document.querySelectorAll(".tabular table, #result_list")) nameCells(table);
    nameSelections();
    const search = document.querySelector("#searchbar");
    // its label is a drawing named in English
    if (search) search.setAttribute("aria-label", search.form.querySelector("[type=submit]").value);
  }

  window.addEventListener("load", nameAll);
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
