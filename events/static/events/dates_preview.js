// Asks the server which dates the form means, a moment after each change, and shows its answer. The server knows the
// rules; without this script the dates are seen after saving.
const WAIT = 300; // milliseconds of rest before asking
const FIELDS = /^(start_|end_|all_day|repeat|extra_dates|excluded_dates)/;
const form = document.querySelector("[data-activity-form]");
const box = document.querySelector("[data-dates-preview]");
let timer;
let latest;

function query() {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (FIELDS.test(name)) values.append(name, value);
  if (box.dataset.activity) values.append("activity", box.dataset.activity);
  return values;
}

async function ask() {
  latest?.abort();
  latest = new AbortController();
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${box.dataset.datesPreview}?${query()}`, { signal: latest.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    box.innerHTML = await answer.text();
  } catch (error) {
    if (error.name === "AbortError") return;
    box.textContent = box.dataset.failed;
  }
  box.removeAttribute("aria-busy");
}

function askSoon() {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
}

if (form && box) {
  form.addEventListener("input", (event) => FIELDS.test(event.target.name) && askSoon());
  form.addEventListener("change", (event) => FIELDS.test(event.target.name) && askSoon());
  ask();
}
