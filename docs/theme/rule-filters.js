// Filters for the tables on the page of all rules: by severity, fix, and text. The page is complete without them.
"use strict";

(() => {
  const tables = [...document.querySelectorAll("main table")].filter(
    (table) => table.querySelector("th")?.textContent === "Rule",
  );
  if (tables.length === 0) {
    return;
  }
  const rows = tables.flatMap((table) => [...table.querySelectorAll("tbody tr")]);
  const cell = (row, column) => row.cells[column].textContent.trim();
  const form = document.createElement("form");
  form.className = "rule-filters";
  const choices = (name, column) => {
    const values = [...new Set(rows.map((row) => cell(row, column)))].sort();
    const select = document.createElement("select");
    select.name = name;
    select.append(new Option("all", ""), ...values.map((value) => new Option(value, value)));
    return labeled(name, select);
  };
  const labeled = (name, control) => {
    const label = document.createElement("label");
    label.append(`${name} `, control);
    return label;
  };
  const text = document.createElement("input");
  text.type = "search";
  text.name = "text";
  const count = document.createElement("output");
  form.append(choices("severity", 1), choices("fix", 2), labeled("text", text), count);
  tables[0].closest("main").querySelector("h2").before(form);

  const apply = () => {
    const { severity, fix } = form.elements;
    const sought = text.value.toLowerCase();
    for (const row of rows) {
      const shown =
        (!severity.value || cell(row, 1) === severity.value) &&
        (!fix.value || cell(row, 2) === fix.value) &&
        row.textContent.toLowerCase().includes(sought);
      row.hidden = !shown;
    }
    count.value = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rules`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
