// Keys for what stands on a queue's page anyway: an element says itself which press it (data-keys="a Enter").
// Without this script the page is a plain form that does the same.
(() => {
  const keys = document.getElementById("keys");
  if (!keys) return;
  const toggle = document.getElementById("keys-on");
  keys.hidden = false;
  document.body.classList.add("has-keys");
  // Anybody can turn them off who dictates, or whose reader needs the letters itself.
  toggle.checked = localStorage.getItem("queue-keys") !== "off";
  toggle.addEventListener("change", () => localStorage.setItem("queue-keys", toggle.checked ? "on" : "off"));

  let sent = false;
  for (const form of document.querySelectorAll(".queue form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
      // Nothing tells of a request that was stopped, and what is sent twice is stored once.
      setTimeout(() => { sent = false; }, 5000);
    });
  }
  // A page that comes back from the browser's cache can be sent again.
  addEventListener("pageshow", () => { sent = false; });

  const writes = (target) => target.closest("textarea, select, [contenteditable]")
    || (target.matches("input") && !["radio", "checkbox", "submit", "button"].includes(target.type));
  const acts = (target) => target.closest("a[href], button, summary");
  const press = (element) => {
    if (element.matches("textarea, input[type=text]")) element.focus();
    else if (element.matches("button")) element.form.requestSubmit(element);
    else element.click();
    if (element.matches("input[type=checkbox], input[type=radio]")) element.focus();
    // The focus stays where Enter accepts, but what was opened shall be seen.
    if (element.matches("summary")) element.parentElement.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (event.defaultPrevented) return;
    if (key === "Escape" && writes(target)) document.querySelector(".queue h2[autofocus]").focus();
    if (!toggle.checked || writes(target) || (key === "Enter" && acts(target))) return;
    const wanted = [...document.querySelectorAll("[data-keys]:enabled, [data-keys]:is(a, summary)")]
      .filter((element) => element.dataset.keys.split(" ").includes(key));
    if (!wanted.length) return;
    event.preventDefault();
    wanted.forEach(press);
  });
})();
