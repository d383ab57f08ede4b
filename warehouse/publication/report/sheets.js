/* The sheet of evidence of one row, for one printed page: what was filed, its cell, the sum, the rule, the others. */
const sheets = (() => {
  const { element, load, textOf, numberOf } = jixiao;
  const known = JSON.parse(document.getElementById("evidence").textContent);
  const page = document.getElementById("sheet");
  const UNSAID = ["township", "message"], COMPARED = Object.keys(known.marts);
  const PRINTED = 20; // rows that one page holds beside the rest, as in report.css
  let asked = 0;

  const addressOf = (mart, id) => `#sheet?${new URLSearchParams({ of: mart, id })}`;
  const has = (mart) => mart === "review_findings" || mart in known.marts;
  const columnOf = (data, name) => data.columns.find((each) => each.name === name);
  const entryOf = (data, row, name) => {
    const column = columnOf(data, name);
    return column ? column.entries[column.codes[row]] : "";
  };
  const shown = (data, row, name) => textOf(entryOf(data, row, name));
  const placeOf = (data, row) => ["file", "page", "place", "anchor"].map((name) => data[name].entries[data[name].codes[row]]);

  // The rows whose median is the same one: they say the same in every column of the group.
  function groupOf(mart, data, row) {
    const { group, median } = known.marts[mart];
    if (!shown(data, row, median)) return [];
    const wanted = group.map((name) => columnOf(data, name)).filter(Boolean).map((column) => [column, keyOf(column, column.codes[row])]);
    const found = [];
    for (let at = 0; at < data.total; at += 1) if (wanted.every(([column, key]) => keyOf(column, column.codes[at]) === key)) found.push(at);
    return found;
  }

  function keyOf(column, code) {
    const entry = column.entries[code];
    return typeof entry === "string" || !entry[2] ? textOf(entry) : entry[2];
  }

  // One value of each township, from low to high, if their middle is the median that was published.
  function valuesOf(mart, data, rows, own) {
    const { value, median } = known.marts[mart], byTownship = new Map();
    if (!value) return "";
    for (const row of rows) {
      const number = numberOf(shown(data, row, value));
      if (number === null) continue;
      const name = shown(data, row, "township");
      byTownship.set(name, [...(byTownship.get(name) || []), { number, row }]);
    }
    const middleOf = (list) => list.sort((a, b) => a.number - b.number)[Math.ceil(list.length / 2) - 1];
    const each = [...byTownship].map(([name, list]) => ({ name, ...middleOf(list) })).sort((a, b) => a.number - b.number);
    if (each.length < 2) return "";
    const half = each.length >> 1, middle = each.length % 2 ? each[half].number : (each[half - 1].number + each[half].number) / 2;
    const said = numberOf(shown(data, own, median));
    if (Math.abs(middle - said) > Math.max(0.006, Math.abs(said) * 1e-5)) return "";
    const name = shown(data, own, "township");
    const list = each.map((one) => (one.name === name ? `【${shown(data, one.row, value)}】` : shown(data, one.row, value)));
    return `${each.length} 个乡镇由低到高：${list.join("、")}；居中的是 ${shown(data, own, median)}（【】为本乡镇）`;
  }

  function formulaOf(mart, data, row) {
    for (const formula of known.marts[mart].formulas) {
      const names = [...formula.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
      if (names.every((name) => shown(data, row, name))) return formula.replace(/\{(\w+)\}/g, (_, name) => shown(data, row, name));
    }
    return "";
  }

  // A finding is compared where its own cell is: the row of a comparison that stands in the same place.
  async function comparisonOf(mart, data, row) {
    if (mart in known.marts) return { mart, data, row };
    if (!shown(data, row, "indicator_raw")) return null;
    const [file, , place] = placeOf(data, row), plain = (text) => text.replace(/（.*/, "");
    if (!place) return null;
    for (const other of COMPARED.filter((name) => name !== "budget_comparison")) {
      const rows = await load(other).catch(() => null);
      for (let at = 0; rows && at < rows.total; at += 1) {
        const [itsFile, , itsPlace] = placeOf(rows, at);
        if (itsFile === file && plain(itsPlace) === plain(place) && shown(rows, at, known.marts[other].median)) return { mart: other, data: rows, row: at };
      }
    }
    return null;
  }

  function facts(data, row) {
    const list = element("dl", "facts");
    for (const column of data.columns) {
      const text = textOf(column.entries[column.codes[row]]);
      if (column.hidden || !text || UNSAID.includes(column.name)) continue;
      const pair = element("div");
      pair.append(element("dt", "", column.text), element("dd", "", text));
      list.append(pair);
    }
    return list;
  }

  function picture(data, row) {
    const [file, path, place, anchor] = placeOf(data, row), figure = element("figure", "cell-picture");
    if (!path) return element("p", "lead", file ? `出处：${file} ${place}` : "");
    const words = element("figcaption", "", "原件："), link = element("a", "src", `${file}　${place}`), frame = element("iframe");
    Object.assign(link, { href: path + (anchor ? `#${anchor}` : ""), target: "_blank", rel: "noopener", title: file });
    words.append(link);
    Object.assign(frame, { src: link.href, title: `${file} ${place}` });
    figure.append(words, frame);
    return figure;
  }

  function reasons(lines) {
    const list = element("dl", "reasons");
    for (const [name, text] of lines) if (text) list.append(element("dt", "", name), element("dd", "", text));
    return list;
  }

  function peers(data, mart, rows, own, title, columns) {
    const section = element("section", "table");
    Object.assign(section.dataset, { table: mart, title, without: data.columns.map((each) => each.name).filter((name) => !columns.includes(name)).join(" ") });
    const also = data.columns.filter((each) => columns.includes(each.name) && each.hidden).map((each) => each.name);
    Object.assign(section, { rows: Int32Array.from([own, ...rows.filter((row) => row !== own)]), own, also });
    section.append(element("h2", "", `${title}（${rows.length} 行）`), element("p", "waits", "正在读取…"));
    if (rows.length > PRINTED) section.append(element("p", "rest", `打印前 ${PRINTED} 行，其余 ${rows.length - PRINTED} 行见报告。`));
    return section;
  }

  // All the cells that the median is made of, each in its page with its frame, made when they are asked for.
  function cells(data, rows) {
    const details = element("details", "cells"), summary = element("summary", "", `逐格看这 ${rows.length} 处原件`);
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) details.append(...rows.map((row) => picture(data, row)));
    });
    return details;
  }

  async function show() {
    const query = new URLSearchParams(location.hash.split("?")[1] || ""), mart = query.get("of"), turn = (asked += 1);
    const data = has(mart) ? await load(mart).catch(() => null) : null;
    const row = data ? data.ids.indexOf(query.get("id")) : -1;
    if (turn !== asked) return;
    if (row < 0) {
      page.replaceChildren(element("h1", "", "证据页"), element("p", "note", "没有找到链接所指的行：数据已经更新，或“报告数据”文件夹不在报告旁边。"));
      return;
    }
    const compared = await comparisonOf(mart, data, row);
    if (turn !== asked) return;
    page.replaceChildren(...parts(mart, data, row, compared));
    jixiao.showPage(page);
  }

  function parts(mart, data, row, compared) {
    const finding = mart === "review_findings", say = (name) => shown(data, row, name);
    const subject = say("indicator") || say("indicator_raw") || say("project_category") || say("project_name");
    const head = element("h1"), print = element("button", "print", "打印（一页）");
    head.append(element("small", "", `证据页　${known.about}`), [say("township"), finding ? say("rule_title") : "", subject].filter(Boolean).join("　"));
    if ((entryOf(data, row, "township") || [])[3] === 1) head.append(" ", element("b", "sample", "虚构样例"));
    Object.assign(print, { type: "button" }).addEventListener("click", () => window.print());
    const rule = known.rules[say("rule_title")] || [], ground = known.grounds[finding ? say("dimension") : known.ground];
    const lines = finding ? [["数字", say("figures")], ["审核规则", [say("rule_title"), ...rule].join("。").replace(/。。/g, "。")]] : [];
    const made = [head, print];
    if (say("message")) made.push(element("p", "said", say("message")));
    made.push(facts(data, row), picture(data, row));
    let list = null;
    if (compared) {
      const rows = groupOf(compared.mart, compared.data, compared.row), { columns, rule: verdict, verdict: name } = known.marts[compared.mart];
      if (rows.length > 1) {
        lines.push([finding ? "与各乡镇比" : "算式", formulaOf(compared.mart, compared.data, compared.row)], ["中位数", valuesOf(compared.mart, compared.data, rows, compared.row)]);
        list = [peers(compared.data, compared.mart, rows, compared.row, "可比的各乡镇", columns), cells(compared.data, rows)];
      }
      if (!finding) lines.push(["判断标准", `${(columnOf(data, name) || {}).text || ""}：${verdict}`]);
    }
    if (!list && finding) {
      const same = [...Array(data.total).keys()].filter((at) => shown(data, at, "rule_title") === say("rule_title"));
      if (same.length > 1) list = [peers(data, mart, same, row, "各乡镇的同类问题", ["township", "project_name", "indicator_raw", "message"])];
    }
    lines.push(["法规依据", `${ground || ""}${ground && ground.startsWith("参照") ? "；本县另有规定的，从其规定。" : "。"}`]);
    made.push(reasons(lines), ...(list || []));
    return made;
  }

  return { show, addressOf, has };
})();
