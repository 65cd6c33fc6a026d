// htmx would keep the page's address in the browser. Hidden from it: these pages store nothing there.
const sessionStorage = null;

// What htmx leaves open: the list that is being replaced says so, and a failed request is told.
const list = () => document.getElementById("liste");
const failure = () => document.querySelector(".notice--error");

document.addEventListener("htmx:beforeRequest", () => {
  failure()?.remove();
  list().querySelector(".stack").setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", () => {
  list()?.querySelector(".stack").removeAttribute("aria-busy");
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const notice = document.getElementById("ladefehler").content.cloneNode(true);
    notice.querySelector("a").href = location.href;
    list().before(notice);
  });
}
