"use strict";
// Great Expectations' pages, made usable by keyboard and screen reader. They build parts of themselves late.
(() => {
  const style = document.createElement("style");
  style.textContent = "a, .nav-link { color: #0056b3; } .text-muted, .text-secondary { color: #545b62 !important; }"
    + " p a, li a:not(.nav-link), td a, div.alert a { text-decoration: underline; }"
    + " .breadcrumb-item.active { color: #4d545b; } code { color: #a3204f; } .btn-primary { background-color: #0056b3; border-color: #0056b3; }"
    + " .badge-info, .bg-info { background-color: #0c6575 !important; } .btn-info { background-color: #0c6575; }";
  document.head.append(style);
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const mend = () => {
    each("ul[role=tablist] > li", (item) => item.setAttribute("role", "presentation"));
    each("table input, table select", (field) => {
      const title = field.closest("th")?.querySelector(".th-inner")?.textContent.trim();
      field.setAttribute("aria-label", title ? `Filter: ${title}` : "Filter");
    });
    each("nav", (nav, number) => nav.setAttribute("aria-label", `Navigation ${number + 1}`));
    each("button:not([aria-label]), a[href]:not([aria-label])", (control) => {
      if (!control.textContent.trim()) control.setAttribute("aria-label", control.title || "Open or close");
    });
    each(".fixed-table-body", (region) => (region.tabIndex = 0));
    const first = document.querySelector("h1, h2, h3, h4");
    if (first && !document.querySelector("h1, [role=heading]")) {
      first.setAttribute("role", "heading");
      first.setAttribute("aria-level", "1");
    }
    if (!document.querySelector("main, [role=main]")) {
      document.querySelector("body > .container, body > .container-fluid")?.setAttribute("role", "main");
    }
  };
  mend();
  addEventListener("load", () => setTimeout(mend));
})();
