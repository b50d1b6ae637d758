/* Says on the board what has come since it was drawn: asks every half minute while somebody looks, and moves nothing.
   Progressive: without this file one loads the page again by hand. */
(function () {
  "use strict";
  var line = document.getElementById("newer");
  if (!line) { return; }
  var EVERY = 30000, timer = 0, askedAt = Date.now();

  function ask() {
    askedAt = Date.now();
    fetch(line.dataset.newer, { headers: { "HX-Request": "true" }, cache: "no-store" }).then(function (answer) {
      return answer.status === 200 ? answer.text() : "";
    }).then(function (text) {
      if (text && text !== line.textContent) { line.textContent = text; line.hidden = false; }
    }).catch(function () { /* The line is down; the next half minute asks again. */ });
  }

  /* Nobody looks: nothing is asked. Somebody looks again after a while: at once. */
  function wake() {
    clearInterval(timer);
    if (document.hidden) { return; }
    if (Date.now() - askedAt >= EVERY) { ask(); }
    timer = setInterval(ask, EVERY);
  }
  document.addEventListener("visibilitychange", wake);
  wake();
}());
