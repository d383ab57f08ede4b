(() => {
  const pages = new Map([...document.querySelectorAll(".page")].map((page) => [page.id, page]));
  const links = [...document.querySelectorAll("nav a[href^='#']")];
  const dialog = document.getElementById("source");
  let shown = null;

  function showPage() {
    const asked = decodeURIComponent(location.hash.slice(1).split("?")[0]);
    const page = pages.get(asked) || pages.get("overview");
    for (const other of pages.values()) other.classList.toggle("on", other === page);
    for (const link of links) {
      const here = link.hash === "#" + page.id && !link.closest(".brand");
      if (here) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
      if (here && link.closest("details")) link.closest("details").open = true;
    }
    if (pages.has(asked) && page !== shown) { page.focus({ preventScroll: true }); window.scrollTo(0, 0); }
    shown = page;
    if (page.id === "sheet") sheets.show(); else jixiao.showPage(page);
  }

  const numberOf = (text) => {
    const number = parseFloat(text.replace(/[,\s]/g, ""));
    return Number.isNaN(number) ? null : number;
  };

  function sortTable(head) {
    const table = head.closest("table"), body = table.tBodies[0], at = head.cellIndex;
    const downwards = head.getAttribute("aria-sort") === "ascending";
    const keyed = [...body.rows].map((row) => {
      const text = row.cells[at].textContent.trim();
      return { row, text, number: head.classList.contains("n") ? numberOf(text) : null };
    });
    const byText = new Intl.Collator("zh-CN", { numeric: true });
    keyed.sort((a, b) => {
      if (head.classList.contains("n")) {
        if (a.number === null || b.number === null) return (a.number === null) - (b.number === null);
        return downwards ? b.number - a.number : a.number - b.number;
      }
      if (!a.text || !b.text) return !a.text - !b.text;
      return downwards ? byText.compare(b.text, a.text) : byText.compare(a.text, b.text);
    });
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", downwards ? "descending" : "ascending");
    body.append(...keyed.map((entry) => entry.row));
  }

  function filterTable(section) {
    const words = section.querySelector(".tools input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const only = section.querySelector(".tools input[type=checkbox]");
    const rows = [...section.querySelector("tbody").rows];
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word)) || Boolean(only && only.checked && !row.classList.contains("hit"));
      if (!row.hidden) shown += 1;
    }
    section.querySelector("output").textContent = shown === rows.length ? "" : `显示 ${shown} / ${rows.length} 行`;
  }

  function showSource(link) {
    const row = link.closest("tr");
    dialog.querySelector("strong").textContent = `${link.title}　${link.textContent}`;
    dialog.querySelector("header a").href = link.href;
    const old = dialog.querySelector("iframe");
    const frame = old.cloneNode();
    frame.src = link.href;
    old.replaceWith(frame);
    dialog.showModal();
    dialog.addEventListener("close", () => { frame.removeAttribute("src"); if (row) link.focus(); }, { once: true });
  }

  document.addEventListener("click", (event) => {
    const head = event.target.closest("section:not([data-table]) th button");
    if (head) { sortTable(head.parentNode); return; }
    const source = event.target.closest("a.src");
    if (source && !event.ctrlKey && !event.metaKey && !event.shiftKey && dialog.showModal) {
      event.preventDefault();
      showSource(source);
    }
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  document.addEventListener("input", (event) => {
    const section = event.target.closest("section.table:not([data-table])");
    if (section) filterTable(section);
  });

  const find = document.getElementById("find");
  find.addEventListener("input", () => {
    const word = find.value.trim().toLowerCase();
    for (const item of document.querySelectorAll("nav details li")) item.hidden = !item.textContent.toLowerCase().includes(word);
    if (word) for (const group of document.querySelectorAll("nav details")) group.open = Boolean(group.querySelector("li:not([hidden])"));
  });
  find.addEventListener("keydown", (event) => {
    const first = document.querySelector("nav details li:not([hidden]) a");
    if (event.key === "Enter" && first) first.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, dialog")) { event.preventDefault(); find.focus(); }
  });
  window.addEventListener("beforeprint", () => {
    for (const text of document.querySelectorAll(".page.on td details")) text.open = true;
  });
  window.addEventListener("hashchange", showPage);
  showPage();
})();
