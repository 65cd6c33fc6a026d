// What htmx leaves open: the list that is being replaced says so, and a failed request is told.
const list = () => document.getElementById("liste");

document.addEventListener("htmx:beforeRequest", () => {
  list().querySelector(".stack").setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", () => {
  list()?.querySelector(".stack").removeAttribute("aria-busy");
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    if (document.querySelector(".notice--error")) return;
    const notice = document.getElementById("ladefehler").content.cloneNode(true);
    notice.querySelector("a").href = location.href;
    list().before(notice);
  });
}
