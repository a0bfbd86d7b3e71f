// Shows only the fields that the chosen repetition uses, hides clock times for whole days, and brings what stopped a
// save into view. Without it all fields are shown and the server says what is missing.
const form = document.querySelector("[data-activity-form]");

function showRows() {
  const repeat = form.elements.repeat?.value ?? "none";
  const allDay = form.elements.all_day?.checked ?? false;
  for (const row of form.querySelectorAll("[data-row]")) {
    const names = row.dataset.row.split(" ");
    const forRepeat = names.includes(repeat) || (names.includes("any") && !["none", "keep", "words"].includes(repeat));
    row.hidden = names.includes("timed") ? allDay : !forRepeat;
  }
}

if (form) {
  form.addEventListener("change", showRows);
  showRows();
}
document.querySelector("[data-focus]")?.focus();
