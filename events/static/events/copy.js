// Shows every button marked data-copy and lets it copy the field it names; the field itself can be copied without it.

function select(field) {
  field.focus();
  field.select();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    select(field);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // No clipboard outside HTTPS: the older way copies what is selected.
      if (!document.execCommand("copy")) return;
    }
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 3000);
  });
}
