"use strict";
(() => {
  const form = document.querySelector("form");
  const columns = JSON.parse(form.dataset.columns);
  const rows = [...form.querySelectorAll("fieldset")];
  const verdictOf = (row) => row.querySelector("input[type=radio]:checked")?.value ?? "";
  const wrongOf = (row) => [...row.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);
  const quoted = (value) => `"${value.replaceAll('"', '""')}"`;
  form.addEventListener("change", () => {
    for (const row of rows) row.querySelector(".wrong").hidden = verdictOf(row) !== "wrong";
    form.querySelector("[role=status]").textContent = `${rows.filter(verdictOf).length} / ${rows.length}`;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The sheet that comes back holds keys and verdicts, no words of articles.
    const lines = rows.map((row) => {
      const verdict = verdictOf(row);
      const told = { sample_id: form.dataset.sample, row_key: row.dataset.key, row_kind: row.dataset.kind, verdict, wrong_fields: verdict === "wrong" ? wrongOf(row).join(" ") : "" };
      return columns.map((column) => quoted(told[column] ?? "")).join(",");
    });
    const sheet = new Blob(["\ufeff" + [columns.join(","), ...lines].join("\r\n") + "\r\n"], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(sheet);
    link.download = `review-${form.dataset.sample}.csv`;
    link.click();
  });
})();
