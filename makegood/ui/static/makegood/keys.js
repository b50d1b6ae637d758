/* The desk from the keyboard. Progressive: every page works without this file.

   What a page marks up:
     data-row              on each row of a list; its first link opens it
     data-key="r"          on a link, button or field that the key r stands for; one inside
                           the chosen row wins over one on the page
     data-send             on the button that Ctrl+Enter (or Cmd+Enter) presses, in the form one is writing in
     data-keys-hint        is shown once this script runs
     data-keys-open, data-keys-switch   open the list of keys; switch single keys off and on

   Single keys never act while one is writing, and can be switched off: people who
   speak to their machine would otherwise press them by talking (WCAG 2.1.4). */
(function () {
  "use strict";

  var STORE = "makegood.single-keys";

  function singleKeysOn() {
    try { return localStorage.getItem(STORE) !== "off"; } catch (e) { return true; }
  }

  function switchSingleKeys(on) {
    try { localStorage.setItem(STORE, on ? "on" : "off"); } catch (e) { /* kept for this page only */ }
  }

  function isWriting(element) {
    return !!element && (element.isContentEditable ||
      /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
      (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit|reset|file)$/.test(element.type)));
  }

  function isShown(element) { return element.getClientRects().length > 0; }

  function rows() { return Array.prototype.filter.call(document.querySelectorAll("[data-row]"), isShown); }

  function chosenRow() {
    var focused = document.activeElement && document.activeElement.closest("[data-row]");
    return focused || document.querySelector("[data-chosen]");
  }

  /* Only a table's row may say aria-selected; a list's item is marked for the eye alone. */
  function markChosen(row) {
    document.querySelectorAll("[data-chosen]").forEach(function (old) {
      old.removeAttribute("data-chosen");
      old.removeAttribute("aria-selected");
    });
    row.setAttribute("data-chosen", "");
    if (row.tagName === "TR") { row.setAttribute("aria-selected", "true"); }
  }

  function move(step) {
    var all = rows();
    if (!all.length) { return false; }
    var at = all.indexOf(chosenRow());
    var next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
    var link = all[next].querySelector("a[href]");
    markChosen(all[next]);
    if (link) { link.focus({ preventScroll: true }); }
    all[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  function open() {
    var row = chosenRow();
    var link = row && row.querySelector("a[href]");
    if (!link || document.activeElement.closest("a, button, summary, dialog")) { return false; }
    link.click();
    return true;
  }

  function find(key) {
    var row = chosenRow();
    var quoted = '[data-key="' + key.replace(/["\\]/g, "\\$&") + '"]';
    var inRow = row && Array.prototype.find.call(row.querySelectorAll(quoted), isShown);
    return inRow || Array.prototype.find.call(document.querySelectorAll(quoted), isShown);
  }

  function press(key) {
    var target = find(key);
    if (!target || target.getAttribute("aria-disabled") === "true") { return false; }
    if (isWriting(target)) {
      target.focus();
      if (target.select) { target.select(); }
    } else {
      target.click();
      focusBehind(target);
    }
    return true;
  }

  /* "Reply" is a link to #reply: bring the cursor into its first field, too. */
  function focusBehind(link) {
    var hash = link.tagName === "A" && link.hash && link.pathname === location.pathname ? link.hash.slice(1) : "";
    var place = hash && document.getElementById(hash);
    var field = place && (place.matches("textarea, input") ? place : place.querySelector("textarea, input:not([type=hidden])"));
    if (field) { field.focus(); }
  }

  function showAllKeys() {
    var dialog = document.getElementById("all-keys");
    if (!dialog || !dialog.showModal || dialog.open) { return false; }
    dialog.querySelectorAll("[data-keys-switch]").forEach(function (box) { box.checked = singleKeysOn(); });
    dialog.showModal();
    return true;
  }

  function send(element) {
    var form = element && element.form;
    var button = form && form.querySelector("[data-send]");
    if (!button || button.disabled || button.getAttribute("aria-disabled") === "true") { return false; }
    form.requestSubmit(button);
    return true;
  }

  function leaveField(element) {
    if (!isWriting(element)) { return false; }
    element.blur();
    return true;
  }

  function act(event) {
    var element = document.activeElement;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { return send(element); }
    if (event.ctrlKey || event.metaKey || event.altKey) { return false; }
    if (document.querySelector("dialog[open]")) { return false; }
    if (event.key === "Escape") { return leaveField(element); }
    if (isWriting(element)) { return false; }
    if (event.key === "Enter") { return open(); }
    if (event.key.length !== 1 || !singleKeysOn()) { return false; }
    if (event.key === "j") { return move(1); }
    if (event.key === "k") { return move(-1); }
    if (event.key === "?") { return showAllKeys(); }
    return press(event.key);
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.repeat && !/^[jk]$/.test(event.key)) { return; }
    if (act(event)) { event.preventDefault(); }
  });

  document.addEventListener("focusin", function (event) {
    var row = event.target.closest("[data-row]");
    if (row) { markChosen(row); }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-keys-open]")) { showAllKeys(); }
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-keys-switch]")) { switchSingleKeys(event.target.checked); }
  });

  document.querySelectorAll("[data-keys-hint]").forEach(function (hint) { hint.hidden = false; });
}());
