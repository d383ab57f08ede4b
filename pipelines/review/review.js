"use strict";
// The queue in the browser: everything that comes from a filing is set as text, never as markup.
const byId = (id) => document.getElementById(id);
const HEADINGS = { names: "用这些名称的指标或项目", doubt: "同一列的相邻各行" };
const WORDS = {
  open: "待处理", accepted: "已接受", corrected: "已更正", excluded: "不采用",
  answered: "已答复", settled: "已解决", waived: "不再追究",
};
const FILTERS = {
  open: (one) => one.decision === "open",
  holds: (one) => one.decision === "open" && one.holds && one.kind === "doubt",
  names: (one) => one.kind === "names" && one.decision === "open",
  findings: (one) => one.kind === "finding" && one.decision === "open",
  rejected: (one) => one.kind === "rejected",
  decided: (one) => one.decision !== "open",
  all: () => true,
};
let items = [];
let shown = [];
let current = 0;

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const answer = await fetch(path, options);
  const told = await answer.json().catch(() => ({ error: "服务没有应答，请重新运行 jixiao review。" }));
  if (!answer.ok) throw new Error(told.error || "没有成功");
  return told;
}

function say(text) { byId("said").textContent = text; }

function title(one) {
  return [one.filer || one.file_name, one.fiscal_year, one.project_name, one.indicator_raw].filter(Boolean).join(" · ");
}

function list() {
  shown = items.filter(FILTERS[byId("filter").value]);
  current = Math.max(0, Math.min(current, shown.length - 1));
  const rows = shown.map((one, number) => {
    const row = document.createElement("li");
    row.tabIndex = -1;
    row.className = one.decision === "open" ? "" : "done";
    const name = document.createElement("b");
    name.textContent = `${number + 1}. ${title(one)}`;
    const detail = document.createElement("small");
    const said = one.kind === "finding" ? one.sentence
      : one.kind === "names" ? `${one.members.map((member) => member.name).join("、")} → ${one.value_read}`
      : one.value_read ?? "（空）";
    detail.textContent = `${one.field_name}：${said} — ${WORDS[one.decision] || one.decision}`;
    row.append(name, detail);
    row.addEventListener("click", () => { current = number; show(); });
    return row;
  });
  byId("list").replaceChildren(...rows);
  const done = items.filter((one) => one.kind === "doubt" && one.decision !== "open").length;
  const count = (kind) => items.filter((one) => one.kind === kind && one.decision === "open").length;
  const all = items.filter((one) => one.kind === "doubt").length;
  byId("progress").textContent = `存疑 ${all} 处，已处理 ${done} 处；不认识的表头 ${count("heading")} 个；名称归并 ${count("names")} 组；审核问题 ${count("finding")} 个；未入库 ${count("rejected")} 份。`;
  byId("bar").max = Math.max(all, 1);
  byId("bar").value = done;
}

async function show() {
  say("");
  [...byId("list").children].forEach((row, number) => {
    row.setAttribute("aria-current", String(number === current));
    if (number === current) row.scrollIntoView({ block: "nearest" });
  });
  const one = shown[current];
  byId("item").hidden = !one;
  if (!one) { byId("source").src = "about:blank"; return; }
  const place = one.table_no ? `${one.page ? `第${one.page}页，` : ""}表${one.table_no}行${one.row_no}${one.col_no ? `列${one.col_no}` : ""}` : "";
  byId("where").textContent = `${title(one)}${place ? `（${place}）` : ""}`;
  const sure = one.confidence === null ? "" : `（把握 ${(100 * one.confidence).toFixed(0)}%）`;
  byId("why").textContent = `${one.field_name}：${one.sentence}${sure}`;
  byId("read-name").textContent = one.kind === "finding" ? "依据" : "读作";
  byId("beside-name").hidden = byId("beside").hidden = one.kind !== "doubt";
  byId("read").textContent = one.value_read ?? "";
  byId("value").value = one.value_decided ?? one.value_read ?? "";
  const money = one.stake_yuan === null ? "" : `，涉及预算 ${(one.stake_yuan / 10000).toFixed(2)} 万元`;
  byId("effect").textContent = one.kind === "rejected" ? "整份文件没有入库，不参加任何比较。"
    : one.holds ? `现在不参加比较；接受或更正后，下次运行起参加${money}。` : `照常参加比较，仅供核对${money}。`;
  byId("decide").hidden = one.kind === "rejected" || one.kind === "finding";
  byId("answer").hidden = one.kind !== "finding";
  byId("reason").value = one.kind === "finding" ? one.value_decided ?? "" : "";
  if (one.kind === "finding") {
    const held = one.holds ? "有此问题的数据暂不参加比较；不再追究后恢复比较。" : "不影响比较。";
    byId("effect").textContent = `下次发布时，反馈单只列没有答复、没有解决的问题。${held}`;
  }
  byId("accept").hidden = byId("exclude").hidden = one.kind !== "doubt" && one.kind !== "names";
  byId("accept").firstChild.data = one.kind === "names" ? "归并所选 " : "接受 ";
  byId("exclude").firstChild.data = one.kind === "names" ? "不归并所选 " : "不采用 ";
  byId("correct").firstChild.data = one.kind === "names" ? "统一改名 " : "更正 ";
  byId("every").hidden = byId("filter").value !== "names";
  showMembers(one);
  if (one.kind === "names") {
    byId("read-name").textContent = "归并为";
    byId("effect").textContent = `归并后，下次运行起这些名称按同一名称比较${money}，不必重读文件；不归并的各自单列，今后不再提示。`;
  }
  if (one.kind === "heading") {
    byId("value").value = one.value_decided ?? "";
    byId("effect").textContent = "填写后，下次运行时所有表格都按此读取，不必重读文件。" + (money ? `其中已有数据${money}。`.replace("，", "") : "");
  }
  const address = one.filing_id ? `/source/${one.filing_id}/page.html${one.anchor ? `#${one.anchor}` : ""}` : "about:blank";
  if (byId("source").getAttribute("src") !== address) byId("source").src = address;
  byId("beside").textContent = "";
  byId("around").hidden = true;
  if (one.kind !== "doubt" && one.kind !== "names") return;
  const around = await ask(`/items/${encodeURIComponent(one.key)}`).catch(() => null);
  if (!around || shown[current] !== one) return;
  showAround(one, around);
}

function showMembers(one) {
  byId("members").hidden = one.kind !== "names";
  const legend = byId("members").firstElementChild;
  byId("members").replaceChildren(legend, ...(one.members || []).map((member, number) => {
    const line = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = member.decision === "open" || member.decision === "accepted";
    box.value = member.name;
    const money = member.stake_yuan === null ? "" : `，涉及预算 ${(member.stake_yuan / 10000).toFixed(2)} 万元`;
    const state = member.decision === "open" ? "" : ` — ${WORDS[member.decision]}`;
    line.append(box, ` ${number + 1}. ${member.name}（${member.reasons}，${member.filers} 个单位${money}）${state}`);
    return line;
  }));
}

function chosen() { return [...byId("members").querySelectorAll("input:checked")].map((box) => box.value); }

function row(tag, texts, className) {
  const line = document.createElement("tr");
  line.className = className || "";
  for (const text of texts) {
    const cell = document.createElement(tag);
    cell.textContent = text ?? "";
    line.append(cell);
  }
  return line;
}

function showAround(one, around) {
  if (one.kind === "doubt") {
    const proposals = around.beside.map((other) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${other.where}：${other.value}`;
      button.title = "填入“改为”一栏，再按“更正”";
      button.addEventListener("click", () => { byId("value").value = other.value; byId("value").focus(); });
      return button;
    });
    byId("beside").replaceChildren(...(proposals.length ? proposals : ["（没有上年或另一份文件的同名内容）"]));
    byId("effect").append(around.effect);
  }
  const table = byId("around");
  table.hidden = !around.rows.length;
  table.caption.textContent = HEADINGS[one.kind];
  table.tHead.replaceChildren(row("th", around.headings));
  table.tBodies[0].replaceChildren(...around.rows.map((line) => row("td", line.cells, line.is_here ? "here" : "")));
}

async function decide(decision) {
  const one = shown[current];
  if (!one || one.kind === "rejected" || one.kind === "finding" || (one.kind === "heading" && decision !== "corrected")) return;
  try {
    const names = one.kind === "names" ? { names: chosen() } : {};
    const told = await ask("/decide", { key: one.key, decision, value: byId("value").value, by: byId("by").value, ...names });
    one.decision = told.decision;
    one.value_decided = told.value_decided;
    byId("value").blur();
    if (one.kind === "heading" || one.kind === "names") items = await ask("/items"); // one word may settle others
    list();
    await show();
    say("");
  } catch (error) { say(error.message); }
}

async function decideEvery(decision) {
  if (byId("filter").value !== "names" || !shown.length) return;
  try {
    const names = (one) => (one === shown[current] ? { names: chosen() } : {}); // what is ticked off stays as it is
    const every = shown.map((one) => ({ key: one.key, decision, by: byId("by").value, ...names(one) }));
    const told = await ask("/decide-all", every.filter((said) => !said.names || said.names.length));
    await load();
    say(`已处理 ${told.decided} 组；撤销：u`);
  } catch (error) { say(error.message); }
}

async function answer(state) {
  const one = shown[current];
  if (!one || one.kind !== "finding") return;
  try {
    const told = await ask("/decide", { key: one.key, decision: state, value: byId("reason").value, by: byId("by").value });
    one.decision = told.decision;
    one.value_decided = told.value_decided;
    byId("reason").blur();
    list();
    await show();
  } catch (error) { say(error.message); byId("reason").focus(); }
}

async function load() {
  try { items = await ask("/items"); } catch (error) { say(error.message); }
  list();
  await show();
}

async function undo() {
  try { await ask("/undo", {}); await load(); } catch (error) { say(error.message); }
}

function move(step) {
  current = Math.max(0, Math.min(shown.length - 1, current + step));
  show();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const focused = document.activeElement;
  const typing = focused?.tagName === "SELECT" || (focused?.tagName === "INPUT" && focused.type !== "checkbox");
  if (typing) { if (event.key === "Escape") document.activeElement.blur(); return; }
  const keys = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), x: () => decide("excluded"),
    A: () => decideEvery("accepted"), X: () => decideEvery("excluded"),
    p: () => byId("beside").querySelector("button")?.click(),
    u: undo, a: () => answer("answered"), s: () => answer("settled"), w: () => answer("waived"), e: () => { byId("value").focus(); byId("value").select(); },
    Enter: () => { if (document.activeElement?.tagName !== "BUTTON") return decide("accepted"); return null; },
  };
  if (/^[1-9]$/.test(event.key) && shown[current]?.kind === "names") {
    byId("members").querySelectorAll("input")[Number(event.key) - 1]?.click();
    event.preventDefault();
  } else if (/^[1-9]$/.test(event.key)) { current = Math.min(shown.length, Number(event.key)) - 1; show(); event.preventDefault(); }
  else if (keys[event.key]) {
    if (event.key === "Enter" && document.activeElement?.tagName === "BUTTON") return;
    event.preventDefault();
    keys[event.key]();
  }
});
byId("accept").addEventListener("click", () => decide("accepted"));
byId("exclude").addEventListener("click", () => decide("excluded"));
byId("decide").addEventListener("submit", (event) => { event.preventDefault(); decide("corrected"); });
for (const button of byId("answer").querySelectorAll("button")) {
  button.addEventListener("click", () => answer(button.dataset.state));
}
byId("answer").addEventListener("submit", (event) => event.preventDefault());
byId("every-accept").addEventListener("click", () => decideEvery("accepted"));
byId("every-exclude").addEventListener("click", () => decideEvery("excluded"));
byId("undo").addEventListener("click", undo);
byId("filter").addEventListener("change", () => { current = 0; list(); show(); });
byId("by").value = localStorage.getItem("by") || "";
byId("by").addEventListener("change", () => localStorage.setItem("by", byId("by").value));
load();
