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
      box.checked = kinds.indexOf(box.value) >= 0;
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
  /* Taking a promise marks the reply as one; a promise is a kind as well as a clock. */
  form.addEventListener("change", function (event) {
    if (event.target.name !== "clocks" || !event.target.checked) { return; }
    var box = form.querySelector('input[name="kinds"][value="promise"]');
    if (box) { box.checked = true; }
  });
}());
