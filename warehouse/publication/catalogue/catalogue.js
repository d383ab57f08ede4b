(() => {
  const find = document.getElementById("find"), said = document.querySelector("output");
  const tables = [...document.querySelectorAll("section.table")];
  const texts = new Map(tables.flatMap((table) => [...table.querySelectorAll("tbody tr")]).map((row) => [row, row.textContent.toLowerCase()]));
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let columns = 0;
    for (const table of tables) {
      const head = table.querySelector("header").textContent.toLowerCase(), rows = [...table.querySelectorAll("tbody tr")];
      let shown = 0;
      for (const row of rows) {
        row.hidden = !words.every((word) => head.includes(word) || texts.get(row).includes(word));
        shown += !row.hidden;
      }
      table.hidden = !shown;
      columns += shown;
    }
    said.textContent = words.length ? `${columns} 列` : "";
  };
  find.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== find) { event.preventDefault(); find.focus(); }
  });
})();
