/* The page on which a month is written: sums while one types, and last month's words at a click.

   Marks in the page say where it acts: data-writing, data-figures, data-sum, data-gap, data-explains, data-reuse, data-most.
   What counts is worked out again on the server. */
"use strict";

(() => {
  const NONE = "\u2014";
  const MINUS = "\u2212";
  const UNITS = [["\u4e07\u5143", 1e4], ["\u4ebf\u5143", 1e8], ["\u4e07", 1e4], ["\u4ebf", 1e8], ["\u5143", 1]]; // as yuan.py reads them
  const NUMBER = /^[+-]?(?=\.?\d)(\d{1,3}([, ]\d{3})+|\d*)(\.\d*)?$/;

  /* whole yuan of what was typed in 10,000 yuan; null when it is empty or cannot be read */
  function yuanOf(text) {
    let plain = text.normalize("NFKC").trim();
    let unit = 1e4;
    for (const [name, size] of UNITS) {
      if (!plain.endsWith(name)) continue;
      plain = plain.slice(0, -name.length).trim();
      unit = size;
      break;
    }
    return NUMBER.test(plain) ? Math.round(Number(plain.replace(/[, ]/g, "")) * unit) : null;
  }

  function written(yuan) {
    const hundredths = Math.round(Math.abs(yuan) / 100);
    return (hundredths / 100).toLocaleString("en-US", { maximumFractionDigits: 2 });
  }

  function signed(value, text) {
    return (value > 0 ? "+" : value < 0 ? MINUS : "") + text;
  }

  function addUp(form) {
    const figures = form.querySelector("[data-figures]");
    const yuan = yuanOf(form.elements.invested_this_month.value);
    const planned = Number(figures.dataset.planned || 0);
    const sum = Number(figures.dataset.toDate) + (yuan || 0);
    figures.querySelector("[data-sum]").value = yuan === null ? NONE : (sum < 0 ? MINUS : "") + written(sum);
    const gap = yuan === null || planned <= 0 ? null : yuan - planned;
    const share = gap === null ? 0 : Math.round(Math.abs(gap) * 1000 / planned) / 10;
    figures.querySelector("[data-gap]").value =
      gap === null ? NONE : `${signed(gap, written(gap))} \u00b7 ${signed(gap, share.toFixed(1))} %`;
    const strays = gap !== null && Math.abs(gap) * 100 > Number(figures.dataset.limit) * planned;
    if (strays || yuan < 0) form.querySelector("[data-explains]").open = true;
  }

  /* a text that still reads as last month is tinted, and one that does not is no longer ticked as unchanged */

  function buttonFor(area) {
    return document.querySelector(`[data-reuse="${area.id}"][data-words]`);
  }

  function lastWords(button) {
    return document.getElementById(button.dataset.words).textContent.trim();
  }

  function compare(area) {
    const button = buttonFor(area);
    if (!button) return;
    const typed = area.value.trim();
    const tick = document.getElementById(button.dataset.tick);
    area.classList.toggle("is-unchanged", typed === lastWords(button));
    if (typed && typed !== lastWords(button)) tick.checked = false;
  }

  function fill(box, text) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reuse]");
    if (!button) return;
    const box = document.getElementById(button.dataset.reuse);
    if (button.dataset.words) {
      document.getElementById(button.dataset.tick).checked = true;
      fill(box, lastWords(button));
    } else {
      fill(box, String(Number(button.dataset.yuan) / 1e4));
    }
    box.focus();
  });

  /* more than the server reads at a time is said before it is sent, which would lose what was typed */
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches("input[type=file][data-most]")) return;
    const bytes = Array.from(box.files).reduce((sum, file) => sum + file.size, 0);
    box.setCustomValidity(bytes > Number(box.dataset.most) ? box.dataset.told : "");
    box.reportValidity();
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-writing]");
    if (!form) return;
    if (event.target.name === "invested_this_month") addUp(form);
    if (event.target.matches("textarea")) compare(event.target);
    if (!event.target.matches("[type=checkbox]") || !event.target.checked) return;
    const button = document.querySelector(`[data-tick="${event.target.id}"]`);
    const box = button && document.getElementById(button.dataset.reuse);
    if (box && !box.value.trim()) fill(box, lastWords(button));
  });

  function begin() {
    for (const area of document.querySelectorAll("form[data-writing] textarea")) compare(area);
  }

  document.addEventListener("htmx:load", begin);
  begin();
})();
