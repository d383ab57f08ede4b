"use strict";
/* The report's long tables: data from script files beside the page, rows made when they come into sight. */
const jixiao = (() => {
  const BLOCK = 40, ROW_HEIGHT = 34, PRINTED = 2000, FACETS = 4, MOST_CHOICES = 120;
  const LONG = 90, SUMMARY = 60, WIDEST = 22, FULL_BAR = 2, LEAST_BAR = 0.05;
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const arrived = new Map(), stored = new Map(), views = new Map();
  const textOf = (entry) => (typeof entry === "string" ? entry : entry[0]);
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // The data: each file calls take() with its part; a table is whole when all its files have come.
  const take = (name, part, content) => arrived.set(`${name} ${part}`, content);

  function loadFile(name, part, path) {
    return new Promise((done, failed) => {
      const script = element("script");
      script.src = path.split("/").map(encodeURIComponent).join("/");
      script.onload = () => { script.remove(); done(arrived.get(`${name} ${part}`)); };
      script.onerror = () => { script.remove(); failed(new Error(path)); };
      document.head.append(script);
    });
  }

  function load(name) {
    if (!stored.has(name)) {
      const files = JSON.parse(document.getElementById("files").textContent)[name] || [];
      stored.set(name, Promise.all(files.map((path, part) => loadFile(name, part, path))).then((parts) => join(name, parts)));
    }
    return stored.get(name);
  }

  function join(name, parts) {
    const total = parts.reduce((sum, part) => sum + part.ids.length, 0);
    const joined = (codes, entries, at) => {
      const all = new Int32Array(total), list = [];
      let from = 0;
      for (const part of parts) {
        all.set(part[codes][at], from);
        from += part.ids.length;
        for (const entry of part[entries][at]) list.push(entry);
      }
      return { codes: all, entries: list };
    };
    const columns = parts[0].columns.map((column, at) => ({ ...column, ...joined("codes", "entries", at) }));
    const [file, page, place, anchor] = [0, 1, 2, 3].map((at) => joined("sources", "sourceEntries", at));
    return { name, total, columns, file, page, place, anchor, ids: parts.flatMap((part) => part.ids) };
  }

  // Choosing and ordering: on the lists of different texts, not on the rows.
  function chosen(data, section) {
    if (section.rows) return section.rows;
    const { column: name, page, value } = section.dataset;
    const rows = Int32Array.from({ length: data.total }, (_, row) => row);
    const column = name && data.columns.find((each) => each.name === name);
    if (!column) return rows;
    const fits = column.entries.map((entry) => (page ? entry[2] === `#${page}` && typeof entry !== "string" : textOf(entry) === value));
    return rows.filter((row) => fits[column.codes[row]]);
  }

  const numberOf = (text) => {
    const number = parseFloat(text.replace(/[,\s]/g, ""));
    return Number.isNaN(number) ? null : number;
  };

  function ranksOf(column) {
    if (column.ranks) return column.ranks;
    const keys = column.entries.map((entry) => (column.numeric ? numberOf(textOf(entry)) : textOf(entry) || null));
    const order = keys.map((_, at) => at).filter((at) => keys[at] !== null);
    order.sort(column.numeric ? (a, b) => keys[a] - keys[b] : (a, b) => collator.compare(keys[a], keys[b]));
    column.ranks = new Int32Array(keys.length).fill(-1); // empty values
    let rank = 0;
    order.forEach((at, n) => {
      if (n && keys[at] !== keys[order[n - 1]]) rank = n;
      column.ranks[at] = rank;
    });
    return column.ranks;
  }

  function sorted(rows, column, downwards) {
    const ranks = ranksOf(column), { codes } = column, turn = downwards ? -1 : 1;
    return rows.slice().sort((a, b) => {
      const one = ranks[codes[a]], other = ranks[codes[b]];
      return one < 0 || other < 0 ? (one < 0) - (other < 0) : turn * (one - other);
    });
  }

  function matching(lists, word) {
    const found = lists.map((list) => list.entries.map((entry) => textOf(entry).toLowerCase().includes(word)));
    return (row) => lists.some((list, at) => found[at][list.codes[row]]);
  }

  const isStriking = (entry) => typeof entry !== "string" && (entry[1] === "bad" || entry[1] === "warn");

  // One table on one page.
  class View {
    constructor(section, data) {
      Object.assign(this, { section, data, base: chosen(data, section), widths: [], state: { q: "", only: false, sort: "", facets: {}, row: "" } });
      const without = (section.dataset.without || "").split(" ");
      this.columns = data.columns.filter((column) => (!column.hidden || (section.also || []).includes(column.name)) && !without.includes(column.name) &&
        (column.name === "township" || this.base.some((row) => column.codes[row])));
      this.sourced = this.base.some((row) => data.place.codes[row]);
      this.striking = this.columns.map((column) => column.entries.map(isStriking));
      this.facets = this.columns.filter((column) => !column.numeric && this.choices(column)).slice(0, FACETS);
      this.build();
    }

    choices(column) {
      if (column.entries.length > 20 * MOST_CHOICES) return null;
      const counts = new Map();
      for (const row of this.base) {
        const text = textOf(column.entries[column.codes[row]]);
        if (text.length > 24) return null;
        counts.set(text, (counts.get(text) || 0) + 1);
        if (counts.size > MOST_CHOICES) return null;
      }
      return counts.size > 1 && counts.size <= this.base.length / 3 ? counts : null;
    }

    isStriking(row) {
      return this.columns.some((column, at) => this.striking[at][column.codes[row]]);
    }

    build() {
      const { section } = this, tools = element("div", "tools"), title = section.dataset.title;
      this.search = Object.assign(element("input"), { type: "search", placeholder: "在表中查找" });
      this.search.setAttribute("aria-label", `在“${title}”中查找`);
      this.search.addEventListener("input", () => this.change({ q: this.search.value, row: "" }));
      tools.append(this.search);
      this.selects = this.facets.map((column) => this.facet(column));
      tools.append(...this.selects);
      this.only = Object.assign(element("input"), { type: "checkbox" });
      this.only.addEventListener("change", () => this.change({ only: this.only.checked, row: "" }));
      if (this.base.some((row) => this.isStriking(row))) {
        const label = element("label");
        label.append(this.only, " 只看需注意的行");
        tools.append(label);
      }
      this.output = element("output");
      this.more = element("span", "more");
      tools.append(this.output, this.more);
      this.wrap = element("div", "wrap");
      Object.assign(this.wrap, { tabIndex: 0 }).setAttribute("role", "region");
      this.wrap.setAttribute("aria-label", title);
      this.table = element("table", "made");
      this.wrap.append(this.table);
      this.heads();
      section.querySelector(".waits").replaceWith(tools, this.wrap);
      this.observer = new IntersectionObserver((seen) => seen.forEach((one) => this.seen(one)), { root: this.wrap, rootMargin: "600px 0px" });
      this.wrap.addEventListener("scroll", () => this.tellMore(), { passive: true });
      new ResizeObserver(() => this.tellMore()).observe(this.wrap);
    }

    facet(column) {
      const select = element("select");
      select.setAttribute("aria-label", `按“${column.text}”筛选`);
      select.append(new Option(`${column.text}：全部`, ""));
      for (const [text, count] of [...this.choices(column)].sort((a, b) => collator.compare(a[0], b[0]))) {
        select.append(new Option(`${text || "（空）"}（${count.toLocaleString()}）`, text || "-"));
      }
      select.addEventListener("change", () => this.change({ facets: { ...this.state.facets, [column.name]: select.value }, row: "" }));
      return select;
    }

    heads() {
      const group = element("colgroup"), line = element("tr");
      this.widths = this.columns.map((column) => widthOf(column));
      if (this.sourced) this.widths.push(sheets.has(this.data.name) ? 12 : 9.5);
      for (const width of this.widths) {
        const col = element("col");
        col.style.width = `${width}em`;
        group.append(col);
      }
      this.table.style.minWidth = `${this.widths.reduce((sum, width) => sum + width, 0)}em`;
      for (const column of this.columns) line.append(this.head(column));
      if (this.sourced) {
        const head = element("th", "at", "出处");
        Object.assign(head, { scope: "col", title: "来源文件中的页、表、行，点开看原件；# 是这一行的地址" });
        line.append(head);
      }
      const top = element("thead");
      top.append(line);
      this.table.append(group, top);
    }

    head(column) {
      const head = element("th", column.numeric ? "n" : ""), button = element("button", "", column.text);
      head.scope = "col";
      Object.assign(button, { type: "button", title: `${column.help}（${column.name}）` });
      button.addEventListener("click", () => this.change({ sort: this.state.sort === column.name ? `-${column.name}` : column.name }));
      column.name === this.columns[0].name && head.classList.add("first");
      head.append(button);
      return head;
    }

    change(news, remember = true) {
      const { data, state } = this;
      Object.assign(state, news);
      const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
      const lists = [...this.columns, data.place, data.file];
      const tests = words.map((word) => matching(lists, word));
      for (const [name, text] of Object.entries(state.facets)) {
        const column = text && data.columns.find((each) => each.name === name);
        if (!column) continue;
        const fits = column.entries.map((entry) => textOf(entry) === (text === "-" ? "" : text));
        tests.push((row) => fits[column.codes[row]]);
      }
      if (state.only) tests.push((row) => this.isStriking(row));
      let rows = tests.length ? this.base.filter((row) => tests.every((test) => test(row))) : this.base;
      const column = this.columns.find((each) => each.name === state.sort.replace(/^-/, ""));
      if (column) rows = sorted(rows, column, state.sort.startsWith("-"));
      this.rows = rows;
      this.show();
      if (remember) writeAddress(this);
    }

    show() {
      const { state } = this;
      if (document.activeElement !== this.search) this.search.value = state.q;
      this.only.checked = state.only;
      this.selects.forEach((select, at) => { select.value = state.facets[this.facets[at].name] || ""; });
      [...this.table.tHead.rows[0].cells].forEach((head, at) => {
        const name = this.columns[at] && this.columns[at].name;
        if (name && state.sort.replace(/^-/, "") === name) head.setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      this.output.textContent = this.rows.length === this.base.length ? "" : `显示 ${this.rows.length.toLocaleString()} / ${this.base.length.toLocaleString()} 行`;
      this.table.setAttribute("aria-rowcount", this.rows.length + 1);
      this.observer.disconnect();
      for (const body of [...this.table.tBodies]) body.remove();
      this.wrap.scrollTop = 0;
      for (let from = 0; from < this.rows.length; from += BLOCK) {
        const body = element("tbody");
        body.from = from;
        body.rowsHeight = Math.min(BLOCK, this.rows.length - from) * ROW_HEIGHT;
        if (from) this.empty(body); else this.fill(body);
        this.table.append(body);
        this.observer.observe(body);
      }
      if (!this.rows.length) {
        const body = element("tbody"), cell = element("td", "none", "没有符合条件的行。");
        cell.colSpan = this.columns.length + 1;
        body.append(element("tr"));
        body.rows[0].append(cell);
        this.table.append(body);
      }
      if (state.row) this.goTo(state.row);
      this.tellMore();
    }

    seen({ isIntersecting, target, boundingClientRect }) {
      if (isIntersecting) { if (!target.filled) this.fill(target); return; }
      if (!target.filled || this.printing || !boundingClientRect.height || target.contains(document.activeElement)) return;
      target.rowsHeight = boundingClientRect.height;
      this.empty(target);
    }

    empty(body) {
      const line = element("tr"), cell = element("td");
      line.className = "space";
      cell.colSpan = this.columns.length + (this.sourced ? 1 : 0);
      cell.style.height = `${body.rowsHeight}px`;
      line.append(cell);
      body.replaceChildren(line);
      body.filled = false;
    }

    fill(body) {
      const lines = [];
      for (let at = body.from; at < Math.min(body.from + BLOCK, this.rows.length); at += 1) lines.push(this.line(this.rows[at], at));
      body.replaceChildren(...lines);
      body.filled = true;
    }

    line(row, at) {
      const line = element("tr");
      line.dataset.row = this.data.ids[row];
      line.setAttribute("aria-rowindex", at + 2);
      if (this.isStriking(row)) line.classList.add("hit");
      if (this.section.own === row) line.classList.add("here");
      this.columns.forEach((column, n) => line.append(this.cell(column, row, n === 0)));
      if (this.sourced) line.append(this.source(row));
      return line;
    }

    cell(column, row, first) {
      const entry = column.entries[column.codes[row]], text = textOf(entry);
      const [, tone, own, sample] = typeof entry === "string" ? [] : entry;
      const cell = element("td", [column.numeric ? "n" : "", first ? "first" : "", tone || ""].filter(Boolean).join(" "));
      cell.dataset.head = column.text;
      const href = own || this.opened(column, row, text);
      if (href) {
        const link = element("a", "", text);
        link.href = href;
        if (!own) link.title = "看它由哪些乡镇的哪些单元格得出";
        cell.append(link);
      } else if (text.length > LONG) {
        const details = element("details");
        details.append(element("summary", "", text.slice(0, SUMMARY)), text.slice(SUMMARY));
        cell.append(details);
      } else cell.textContent = text;
      if (column.bar && text) this.bar(cell, (numberOf(text) - 1) / FULL_BAR);
      if (sample) cell.append(" ", element("b", "sample", "虚构样例"));
      if (first) cell.title = text;
      return cell;
    }

    opened(column, row, text) {
      if (text && column.opens && this.section.own === undefined && sheets.has(this.data.name)) return sheets.addressOf(this.data.name, this.data.ids[row]);
      const leads = text && column.opens && this.data.columns.find((each) => each.name === column.opens);
      const entry = leads && leads.entries[leads.codes[row]];
      return entry && typeof entry !== "string" && entry[2] !== `#${this.section.dataset.page}` ? entry[2] : "";
    }

    bar(cell, share) {
      if (Math.abs(share) < LEAST_BAR) return;
      cell.style.setProperty("--bar", Math.max(-1, Math.min(1, share)).toFixed(2));
      cell.prepend(element("i", share < 0 ? "bar low" : "bar"));
    }

    source(row) {
      const { data } = this, cell = element("td", "at");
      const [file, page, place, anchor] = ["file", "page", "place", "anchor"].map((name) => data[name].entries[data[name].codes[row]]);
      cell.dataset.head = "出处";
      if (page) {
        const link = element("a", "src", place);
        Object.assign(link, { href: page + (anchor ? `#${anchor}` : ""), target: "_blank", rel: "noopener", title: file });
        cell.append(link);
      } else cell.append(Object.assign(element("span", "", place), { title: file }));
      const own = element("a", "own", "#");
      own.href = addressOf(this, { ...this.state, row: data.ids[row] });
      own.title = "这一行的地址";
      own.setAttribute("aria-label", own.title);
      cell.append(" ", own);
      if (sheets.has(data.name) && this.section.own !== row) {
        const sheet = element("a", "own", "证据");
        Object.assign(sheet, { href: sheets.addressOf(data.name, data.ids[row]), title: "这一行的证据：原件、算式、规则、各乡镇，可打印成一页" });
        cell.append(" ", sheet);
      }
      return cell;
    }

    goTo(id) {
      const row = this.data.ids.indexOf(id), at = this.rows.indexOf(row);
      if (row < 0) { this.output.textContent = "没有找到链接所指的行：数据已经更新。"; return; }
      if (at < 0) { this.change({ q: "", only: false, facets: {}, row: id }, false); return; }
      const bodies = [...this.table.tBodies], nth = Math.floor(at / BLOCK);
      bodies.slice(Math.max(nth - 1, 0), nth + 2).forEach((body) => body.filled || this.fill(body));
      const line = bodies[nth].rows[at % BLOCK];
      line.classList.add("here");
      this.section.scrollIntoView();
      this.wrap.scrollTop = line.offsetTop - this.wrap.clientHeight / 3;
    }

    tellMore() {
      const { wrap, table } = this, heads = [...table.tHead.rows[0].cells];
      const fixed = this.sourced && getComputedStyle(heads.at(-1)).position === "sticky" ? heads.pop().offsetWidth : 0;
      const edge = wrap.scrollLeft + wrap.clientWidth - fixed + 2;
      const unseen = heads.filter((head) => head.offsetLeft + head.offsetWidth > edge).length;
      wrap.classList.toggle("cut", unseen > 0);
      this.more.textContent = unseen ? `右侧还有 ${unseen} 列，向右滚动可见 →` : "";
    }

    print(on) {
      this.printing = on;
      for (const body of this.table.tBodies) if (on && body.from < PRINTED && !body.filled) this.fill(body);
      const left = this.rows.length - PRINTED;
      this.section.dataset.left = on && left > 0 ? `只打印前 ${PRINTED} 行，其余 ${left.toLocaleString()} 行请先筛选，或用工作簿打印。` : "";
    }
  }

  function widthOf(column) {
    const measure = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 1 : 0.58), 0);
    const head = measure(column.text) + (column.numeric ? 0 : 0.3), narrow = Math.max(head > 6 ? head / 2 : head, 3);
    const lengths = column.entries.slice(0, 3000).map((entry) => measure(textOf(entry)) + (entry[3] === 1 ? 4.6 : 0)).sort((a, b) => a - b);
    const longest = column.numeric ? lengths.at(-1) || 0 : Math.max(...lengths.slice(0, Math.ceil(lengths.length * 0.9)).slice(-1), 0);
    return Math.min(Math.max(narrow, longest), WIDEST) + 1.9;
  }

  // The address: #page?table.q=…&table.sort=-column; the first table of a page needs no name.
  const FIELDS = { q: "q", only: "only", sort: "sort", row: "row" };

  function prefixOf(section) {
    const all = [...section.closest(".page").querySelectorAll("section.table[data-table]")];
    return all.indexOf(section) > 0 ? `${all.indexOf(section) + 1}.` : "";
  }

  function addressOf(view, state) {
    const page = view.section.closest(".page").id, prefix = prefixOf(view.section), asked = new URLSearchParams();
    if (state.q) asked.set(prefix + FIELDS.q, state.q);
    if (state.only) asked.set(prefix + FIELDS.only, "1");
    if (state.sort) asked.set(prefix + FIELDS.sort, state.sort);
    for (const [name, text] of Object.entries(state.facets)) if (text) asked.set(`${prefix}${name}`, text);
    if (state.row) asked.set(prefix + FIELDS.row, state.row);
    return `#${page}${asked.size ? `?${asked}` : ""}`;
  }

  function writeAddress(view) {
    const others = [...view.section.closest(".page").querySelectorAll("section.table[data-table]")]
      .map((section) => views.get(section)).filter((each) => each && each !== view);
    const all = [view, ...others].map((each) => addressOf(each, each.state).split("?")[1]).filter(Boolean);
    const address = `#${view.section.closest(".page").id}${all.length ? `?${all.join("&")}` : ""}`;
    if (view.section.closest(".page.on") && address !== location.hash) history.replaceState(null, "", address);
  }

  function readState(section) {
    const asked = new URLSearchParams(location.hash.split("?")[1] || ""), prefix = prefixOf(section);
    const state = { q: "", only: false, sort: "", row: "", facets: {} };
    for (const [name, text] of asked) {
      const own = name.startsWith(prefix) ? name.slice(prefix.length) : null;
      if (own === null || own.includes(".")) continue;
      if (own === "only") state.only = text === "1";
      else if (own in FIELDS) state[own] = text;
      else state.facets[own] = text;
    }
    return state;
  }

  // Tables are made when their section comes near, and in idle moments after that, so that printing finds them.
  async function open(section) {
    if (section.opening) return section.opening;
    section.opening = load(section.dataset.table).then((data) => {
      const state = readState(section), view = new View(section, data);
      views.set(section, view);
      view.change(state, false);
    }).catch(() => {
      section.querySelector(".waits").textContent = "没有找到这张表的数据：请把整个发布文件夹（包括“报告数据”）放在一起打开。";
      section.querySelector(".waits").classList.add("lost");
    });
    return section.opening;
  }

  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) { near.unobserve(target); open(target); }
  }, { rootMargin: "300px" });
  const whenIdle = window.requestIdleCallback || ((work) => setTimeout(work, 300));

  function showPage(page) {
    const sections = [...page.querySelectorAll("section.table[data-table]")];
    for (const section of sections) {
      const view = views.get(section);
      if (view) view.change(readState(section), false);
      else if (/[?&](\d+\.)?row=/.test(location.hash)) open(section);
      else near.observe(section);
    }
    const rest = () => whenIdle(async () => {
      const next = sections.find((section) => !section.opening);
      if (next && page.classList.contains("on")) { near.unobserve(next); await open(next); rest(); }
    });
    rest();
  }

  window.addEventListener("beforeprint", () => views.forEach((view, section) => section.closest(".page.on") && view.print(true)));
  window.addEventListener("afterprint", () => views.forEach((view) => view.print(false)));
  return { take, showPage, load, element, textOf, numberOf };
})();
