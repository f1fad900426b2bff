/* A table to fill (form[data-grid]): rows pasted from a sheet, and moving down a column with Enter and the arrows.

   Cells carry data-column, counted from the left over the cells that can be filled. */
"use strict";

(() => {
  const CELL = "[data-column]";

  function cellsOf(row) {
    return Array.from(row.querySelectorAll(CELL));
  }

  /* the rows that can be filled, without what is said below them */
  function rowsFrom(cell) {
    const rows = Array.from(cell.closest("tbody").rows).filter((row) => row.querySelector(CELL));
    return [rows, rows.indexOf(cell.closest("tr"))];
  }

  /* Rows and cells of a copied piece of a sheet; a cell with line ends inside stands in quotation marks. */
  function rowsOf(text) {
    const rows = [[]];
    let cell = "";
    let quoted = false;
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < plain.length; at += 1) {
      const sign = plain[at];
      if (quoted && sign === '"' && plain[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"' && (quoted || cell === "")) {
        quoted = !quoted;
      } else if (!quoted && (sign === "\t" || sign === "\n")) {
        rows.at(-1).push(cell);
        cell = "";
        if (sign === "\n") rows.push([]);
      } else {
        cell += sign;
      }
    }
    rows.at(-1).push(cell);
    return rows;
  }

  function isPieceOfSheet(clipboard, cell) {
    const text = clipboard.getData("text/plain");
    if (text.includes("\t") || /<table/i.test(clipboard.getData("text/html"))) return true;
    return text.trim().includes("\n") && cell.matches("input");
  }

  function paste(cell, pieces) {
    const [all, place] = rowsFrom(cell);
    const rows = all.slice(place);
    const first = Number(cell.dataset.column);
    let beyond = pieces.length > rows.length;
    for (const [down, piece] of pieces.slice(0, rows.length).entries()) {
      const cells = cellsOf(rows[down]).slice(first);
      beyond ||= piece.length > cells.length;
      for (const [right, text] of piece.slice(0, cells.length).entries()) {
        cells[right].value = text.trim();
        cells[right].dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    const status = cell.closest("form").querySelector("[data-pasted]");
    const told = status.dataset.told.replace("{rows}", Math.min(pieces.length, rows.length));
    const columns = Math.max(...pieces.map((piece) => piece.length));
    status.textContent = told.replace("{columns}", columns) + (beyond ? ` ${status.dataset.beyond}` : "");
  }

  document.addEventListener("paste", (event) => {
    const cell = event.target.closest(`form[data-grid] ${CELL}`);
    if (!cell || !isPieceOfSheet(event.clipboardData, cell)) return;
    event.preventDefault();
    paste(cell, rowsOf(event.clipboardData.getData("text/plain")));
  });

  /* Up and down the column; inside a text only from its first and last place. */
  function stepOf(event, cell) {
    if (event.key === "Enter" && !event.shiftKey) return 1;
    const inside = cell.matches("textarea");
    if (event.key === "ArrowDown" && !(inside && cell.selectionEnd < cell.value.length)) return 1;
    if (event.key === "ArrowUp" && !(inside && cell.selectionStart > 0)) return -1;
    return 0;
  }

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest(`form[data-grid] ${CELL}`);
    if (!cell || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepOf(event, cell);
    if (step === 0) return;
    event.preventDefault();
    const [rows, place] = rowsFrom(cell);
    const row = rows[place + step];
    if (!row) return;
    const next = cellsOf(row)[Number(cell.dataset.column)];
    next.focus();
    next.select();
  });
})();
