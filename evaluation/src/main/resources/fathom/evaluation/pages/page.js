"use strict";
// Sorts a table by the column of the pressed heading: numbers by data-value, words by text; again to reverse.
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  table.querySelectorAll("thead th").forEach((heading, column) => {
    heading.querySelector("button")?.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.querySelectorAll("thead th")) {
        other.removeAttribute("aria-sort");
      }
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const sign = descending ? -1 : 1;
      const compare = (a, b) => {
        const x = a.cells[column];
        const y = b.cells[column];
        if (x.dataset.value === undefined) {
          return sign * x.textContent.localeCompare(y.textContent, undefined, { numeric: true });
        }
        if (x.dataset.value === "" || y.dataset.value === "") {
          return (x.dataset.value === "") - (y.dataset.value === "");
        }
        const p = Number(x.dataset.value);
        const q = Number(y.dataset.value);
        return p === q ? 0 : sign * (p < q ? -1 : 1);
      };
      [...body.rows].sort(compare).forEach((row) => body.append(row));
    });
  });
}
