// htmx would keep the page's address in the browser. Hidden from it: these pages store nothing there.
const sessionStorage = null;

// The arrow keys change a closed list of choices at every step: what it shows when it is left is meant.
let byKey = false;
let changed = null;
addEventListener("keydown", () => { byKey = true; }, true);
addEventListener("pointerdown", () => { byKey = false; }, true);
addEventListener("change", (event) => {
  if (!byKey || !event.isTrusted || !event.target.matches("select")) return;
  changed = event.target;
  event.stopPropagation();
}, true);
addEventListener("focusout", ({ target }) => {
  if (target === changed) target.dispatchEvent(new Event("change", { bubbles: true }));
});

// What htmx leaves open: the list that is being replaced says so, and a failed request is told.
const list = () => document.getElementById("liste");
const failure = () => document.querySelector(".notice--error");

document.addEventListener("htmx:beforeRequest", () => {
  changed = null;
  failure()?.remove();
  list().querySelector(".stack").setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", () => {
  list()?.querySelector(".stack").removeAttribute("aria-busy");
});

// Over a slow line somebody may have typed on meanwhile.
let typed = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const field = document.getElementById("filter-q");
  typed = field && field.value !== detail.requestConfig.parameters.q ? field.value : null;
});
document.addEventListener("htmx:afterSwap", () => {
  if (typed !== null) document.getElementById("filter-q").value = typed;
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => {
    const asked = detail.pathInfo.finalRequestPath;
    // What was typed there is no such filter: the page of that address says so, and what there is.
    if (detail.xhr.status === 400) return location.assign(asked);
    const notice = document.getElementById("ladefehler").content.cloneNode(true);
    notice.querySelector("a").href = asked;
    list().before(notice);
    // Whoever filters on a phone is far below.
    failure().scrollIntoView({ block: "nearest" });
  });
}
