/* The composer listens while one writes: what a draft seems to be is shown, and marked only by a word of its
   writer: the button "Mark it so", or Alt+Enter. Progressive: without this file one marks by hand. */
(function () {
  "use strict";
  var form = document.getElementById("reply");
  if (!form) { return; }

  function take() {
    var reads = form.querySelector("[data-kinds]");
    if (!reads) { return false; }
    var kinds = reads.getAttribute("data-kinds").trim().split(/\s+/);
    form.querySelectorAll('input[name="kinds"]').forEach(function (box) {
      if (kinds.indexOf(box.value) >= 0) { box.checked = true; }
    });
    form.querySelectorAll("input[data-proposed]").forEach(function (box) { box.checked = true; });
    return true;
  }

  /* Reading sends the whole form once more: a promise that was taken stays taken while its words stand. */
  form.addEventListener("click", function (event) {
    if (event.target.closest("[data-take]")) { take(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.altKey && event.key === "Enter" && form.contains(document.activeElement) && take()) {
      event.preventDefault();
    }
  });
  /* A box that was ticked while the reading was on its way stays as it is: the same words, the same tick. */
  var ticks = {};
  function wordsOf(box) { try { return JSON.parse(box.value).words; } catch (e) { return ""; } }
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.target.id !== "heard") { return; }
    ticks = {};
    form.querySelectorAll('input[name="clocks"]').forEach(function (box) { ticks[wordsOf(box)] = box.checked; });
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "heard") { return; }
    form.querySelectorAll('input[name="clocks"]').forEach(function (box) {
      var words = wordsOf(box);
      if (Object.prototype.hasOwnProperty.call(ticks, words)) { box.checked = ticks[words]; }
    });
  });
  /* Taking a promise marks the reply as one; a promise is a kind as well as a clock. */
  form.addEventListener("change", function (event) {
    if (event.target.name !== "clocks" || !event.target.checked) { return; }
    var box = form.querySelector('input[name="kinds"][value="promise"]');
    if (box) { box.checked = true; }
  });
}());
