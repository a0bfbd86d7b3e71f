// Days are written dd/mm/yyyy whatever language the browser speaks; a button opens the browser's own calendar.
// Enhances every input marked data-day-field, whose value names the button. Without it the day is typed.

const DAY = /^(\d{1,2})[/.\-\s]?(\d{1,2})[/.\-\s]?(\d{4})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", timeZone: "UTC" });

/** YYYY-MM-DD of what was typed, "" when it is no real day. */
function isoOf(typed) {
  const text = typed.trim();
  const [, day, month, year] = DAY.exec(text) ?? [null, ...(ISO.exec(text)?.slice(1).reverse() ?? [])];
  if (!year) return "";
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const moment = new Date(`${iso}T00:00Z`);
  return !Number.isNaN(moment.valueOf()) && moment.toISOString().startsWith(iso) ? iso : "";
}

function written(iso) {
  return iso.split("-").reverse().join("/");
}

function makePicker(input, button) {
  const picker = document.createElement("input");
  picker.type = "date";
  picker.tabIndex = -1;
  picker.ariaHidden = "true";
  button.addEventListener("click", () => {
    picker.value = isoOf(input.value);
    picker.showPicker();
  });
  picker.addEventListener("input", () => {
    input.value = written(picker.value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return picker;
}

export function enhance(input) {
  const box = document.createElement("span");
  box.className = "day-field";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "day-field__button";
  button.ariaLabel = input.dataset.dayField;
  button.title = input.dataset.dayField;
  const line = document.createElement("span");
  line.className = "field__help";
  input.replaceWith(box);
  box.append(input, button, makePicker(input, button), line);
  const tell = () => {
    const iso = isoOf(input.value);
    const name = iso && weekday.format(new Date(`${iso}T00:00Z`));
    line.textContent = name && name[0].toUpperCase() + name.slice(1);
  };
  const tidy = () => {
    const iso = isoOf(input.value);
    if (iso) input.value = written(iso);
    tell();
  };
  input.addEventListener("input", tell);
  input.addEventListener("blur", tidy);
  tidy();
}

document.querySelectorAll("[data-day-field]").forEach(enhance);
