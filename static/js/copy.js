// Copying is a help on top: the text to copy by hand is always there.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const said = document.getElementById("kopiert");
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.done;
    } catch {
      field.select();
    }
  });
}
