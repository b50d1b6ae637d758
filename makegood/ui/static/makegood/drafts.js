// A reply that is being written survives a lost session, a closed window and the way back.
// It stays in this window's own storage, and goes when its words stand on the page.
"use strict";
(function () {
  const field = document.getElementById("r-text");
  if (!field) return;
  const key = "draft:" + location.pathname;
  const said = (text) => text.replace(/\s+/g, " ").trim();
  const kept = sessionStorage.getItem(key);
  if (kept !== null) {
    const timeline = said(document.querySelector(".tl") ? document.querySelector(".tl").textContent : "");
    if (timeline.includes(said(kept).slice(0, 200))) sessionStorage.removeItem(key);
    else if (field.value.trim() === "") field.value = kept;
  }
  field.addEventListener("input", function () {
    if (field.value.trim() === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, field.value);
  });
  // A second press of Send while the first is under way would be refused anyway; it need not even leave.
  field.form.addEventListener("submit", function (event) {
    if (field.form.dataset.sent) event.preventDefault();
    field.form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () { delete field.form.dataset.sent; });
})();
