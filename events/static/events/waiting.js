// A form that takes a moment says so: its buttons stop taking clicks and the one pressed tells that work goes on.
const text = document.querySelector("script[src*='waiting']")?.dataset.text ?? "…";

for (const form of document.querySelectorAll("form[data-waits]")) {
  form.addEventListener("submit", (event) => {
    form.setAttribute("aria-busy", "true");
    const pressed = event.submitter;
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
      if (pressed) pressed.textContent = text;
    });
  });
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
