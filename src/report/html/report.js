"use strict";
const form = document.querySelector("form");
const fields = ["severity", "rule", "fix", "text"];
const findings = [...document.querySelectorAll(".page > ol > li")].map((item) => {
  const page = item.closest(".page");
  const path = page.querySelector("h3").textContent;
  return {
    item,
    page,
    severity: item.classList[0],
    rule: item.querySelector("a").textContent,
    fix: item.classList[1] || "",
    text: (path + " " + item.textContent).toLowerCase(),
  };
});
const pages = [...document.querySelectorAll(".page")];
const rows = new Map([...document.querySelectorAll("#pages tbody tr")].map((row) => [row.querySelector("a").hash.slice(1), row]));

function shown(finding, wanted) {
  return (
    (!wanted.severity || finding.severity === wanted.severity) &&
    (!wanted.rule || finding.rule === wanted.rule) &&
    (!wanted.fix || finding.fix === wanted.fix) &&
    wanted.text.split(/\s+/).every((word) => finding.text.includes(word))
  );
}

function filter() {
  const wanted = Object.fromEntries(fields.map((name) => [name, form.elements[name].value]));
  wanted.text = wanted.text.trim().toLowerCase();
  const visible = new Set();
  let count = 0;
  for (const finding of findings) {
    const is = shown(finding, wanted);
    finding.item.hidden = !is;
    if (is) {
      count += 1;
      visible.add(finding.page);
    }
  }
  for (const page of pages) {
    page.hidden = !visible.has(page);
    rows.get(page.id).hidden = page.hidden;
  }
  document.getElementById("count").textContent = `${count} of ${findings.length} findings in ${visible.size} files`;
  const state = new URLSearchParams(fields.map((name) => [name, form.elements[name].value]).filter(([, value]) => value));
  return state.toString();
}

function restore() {
  const hash = location.hash.slice(1);
  if (hash && document.getElementById(decodeURIComponent(hash))) return;
  const state = new URLSearchParams(hash);
  for (const name of fields) form.elements[name].value = state.get(name) || "";
  filter();
}

function sort(table, column, button) {
  const body = table.tBodies[0];
  const up = button.getAttribute("data-order") === "down";
  const key = (row) => row.cells[column].textContent;
  const numeric = table.tHead.rows[0].cells[column].className === "n";
  const order = numeric ? (a, b) => Number(key(b)) - Number(key(a)) : (a, b) => key(a).localeCompare(key(b), "en");
  const sorted = [...body.rows].sort(order);
  if (up) sorted.reverse();
  button.setAttribute("data-order", up ? "up" : "down");
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  button.parentElement.setAttribute("aria-sort", numeric === up ? "ascending" : "descending");
  body.append(...sorted);
}

const severities = { e: "error", w: "warning", i: "info" };
const lowest = ["i", "w", "e"].find((severity) => findings.some((finding) => finding.severity === severity));

// The command that finds what the filters show of a file, as a POSIX shell reads it.
function command(path) {
  const { rule, severity } = form.elements;
  const quoted = /^[\w./@:,%+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
  const select = rule.value ? ` --select ${rule.value}` : "";
  return `connlint check${select} --severity ${severities[severity.value || lowest]} ${quoted}`;
}

for (const page of pages) {
  const heading = page.querySelector("h3");
  const path = heading.textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy command";
  button.addEventListener("click", async () => {
    const text = command(path);
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      // Without access to the clipboard, the command is there to be selected.
      button.replaceWith(Object.assign(document.createElement("code"), { textContent: text }));
    }
  });
  heading.after(button);
}

for (const rule of [...new Set(findings.map((finding) => finding.rule))].sort()) form.elements.rule.add(new Option(rule, rule));
for (const table of document.querySelectorAll("table")) {
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    cell.replaceChildren(button);
    button.addEventListener("click", () => sort(table, column, button));
  });
}
form.addEventListener("input", () => history.replaceState(null, "", "#" + filter()));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", restore);
form.hidden = false;
restore();
