// Shows only the fields that the chosen repetition uses, hides clock times for whole days, and brings what stopped a
// save into view. Without it all fields are shown and the server says what is missing.
const form = document.querySelector("[data-activity-form]");

function showRows() {
  const repeat = form.elements.repeat?.value ?? "none";
  const allDay = form.elements.all_day?.checked ?? false;
  for (const row of form.querySelectorAll("[data-row]")) {
    const names = row.dataset.row.split(" ");
    const forRepeat = names.includes(repeat) || (names.includes("any") && !["none", "keep"].includes(repeat));
    row.hidden = names.includes("timed") ? allDay : !forRepeat;
  }
}

// Browsers show dates in the order of their own language; the line below says the day as it is written here.
const written = new Intl.DateTimeFormat("vi", { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" });

function tellDay(input) {
  const line = input.parentElement.querySelector("[data-day]") ?? document.createElement("p");
  line.className = "field__help";
  line.dataset.day = "";
  line.textContent = input.valueAsDate ? written.format(new Date(`${input.value}T00:00`)) : "";
  input.after(line);
}

if (form) {
  for (const input of form.querySelectorAll('input[type="date"]')) {
    input.addEventListener("input", () => tellDay(input));
    tellDay(input);
  }
  form.addEventListener("change", showRows);
  showRows();
}
document.querySelector("[data-focus]")?.focus();
