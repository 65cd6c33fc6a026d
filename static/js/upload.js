// Asks how far the reading is; the page itself, loaded again, shows what comes next. Without script it reloads.
const place = document.getElementById("fortschritt");
const bar = place.querySelector("progress");
const status = place.querySelector("[role=status]");

async function ask() {
  const answer = await fetch(place.dataset.url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  const told = await answer.json();
  if (told.state !== place.dataset.state) return location.reload();
  if (told.max) {
    bar.max = told.max;
    bar.value = told.value;
  }
  if (status.textContent !== told.status) status.textContent = told.status;
}

// The server may be restarting: the next question may be answered.
setInterval(() => ask().catch(() => {}), 1000);
