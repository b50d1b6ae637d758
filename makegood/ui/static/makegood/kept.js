// A form that was sent after its session had ended comes back as it was, once its writer has signed in again.
// It waits in this window's own storage, and goes with the next page that isn't the one after that sign-in.
"use strict";
(function () {
  const KEY = "kept-form";
  const fields = (form) =>
    [...form.elements].filter((one) => one.name && one.type !== "password" && !["hidden", "file", "submit"].includes(one.type));
  const alike = (action) =>
    [...document.querySelectorAll("form[data-keep]")].filter((one) => one.getAttribute("action") === action);
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
  sessionStorage.removeItem(KEY);
  if (kept && location.hash === "#kept") {
    if (kept.asks && location.search !== kept.asks) {
      sessionStorage.setItem(KEY, JSON.stringify({ ...kept, asks: "" }));
      location.replace(location.pathname + kept.asks + "#kept");
      return;
    }
    const form = alike(kept.action)[kept.nth];
    if (form && form.dataset.keep === kept.who) give(form, kept.typed);
  }
  function give(form, typed) {
    for (const one of fields(form)) {
      if (!(one.name in typed)) continue;
      if (one.type === "checkbox" || one.type === "radio") one.checked = typed[one.name].includes(one.value);
      else one.value = typed[one.name][0];
    }
    const folded = form.closest("details");
    if (folded) folded.open = true;
    form.scrollIntoView();
  }
  for (const form of document.querySelectorAll("form[data-keep]")) {
    form.addEventListener("submit", function () {
      const typed = {};
      for (const one of fields(form)) {
        typed[one.name] = typed[one.name] || [];
        if (!["checkbox", "radio"].includes(one.type) || one.checked) typed[one.name].push(one.value);
      }
      const asked = (form.dataset.asks || "").split(" ").filter(Boolean);
      const asks = asked.length ? "?" + new URLSearchParams(asked.map((name) => [name, form.elements[name].value])) : "";
      const action = form.getAttribute("action");
      const nth = alike(action).indexOf(form);
      sessionStorage.setItem(KEY, JSON.stringify({ action, nth, who: form.dataset.keep, asks, typed }));
    });
  }
})();
