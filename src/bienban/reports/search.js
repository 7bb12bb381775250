"use strict";
(() => {
  const meetings = JSON.parse(document.getElementById("meetings").textContent);
  const byId = (id) => document.getElementById(id);
  const form = document.querySelector(".search");
  const more = document.querySelector(".more");
  const rows = byId("rows");
  const portion = 100;
  // Words are found however they are typed: with marks, without, in any case.
  const folded = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const texts = meetings.map((each) => folded([each.title, each.body, each.province, each.type, each.day].join(" ")));
  let found = [];
  let shown = 0;

  const cell = (text, className, lang) => {
    const made = document.createElement("td");
    made.textContent = text;
    if (className) made.className = className;
    if (lang) made.lang = lang;
    return made;
  };
  const row = (each) => {
    const made = document.createElement("tr");
    const title = cell("", "words");
    const link = document.createElement("a");
    const isolated = document.createElement("bdi");
    link.href = `evidence/meetings/${encodeURIComponent(each.key)}.html`;
    link.lang = "vi";
    isolated.textContent = each.title;
    link.append(isolated);
    title.append(link);
    made.append(
      cell(each.day || "–", "short"), title, cell(each.body, "", "vi"), cell(each.province, "", "vi"),
      cell(each.type), cell(each.reports, "number"), cell(each.facts, "number"),
    );
    return made;
  };
  const showMore = () => {
    rows.append(...found.slice(shown, shown + portion).map(row));
    shown = Math.min(found.length, shown + portion);
    more.hidden = shown >= found.length;
    byId("told").textContent = `${found.length} / ${meetings.length}`;
  };
  const search = () => {
    const words = folded(byId("words").value).split(/\s+/).filter(Boolean);
    const [from, to] = [byId("from").value, byId("to").value];
    found = meetings.filter(
      (each, number) =>
        words.every((word) => texts[number].includes(word)) &&
        (!from || (each.day && each.day >= from)) && (!to || (each.day && each.day <= to)),
    );
    rows.replaceChildren();
    shown = 0;
    showMore();
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", search);
  more.addEventListener("click", showMore);
  search();
})();
