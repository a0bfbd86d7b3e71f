// Adds a search box and a count to every list of checkboxes marked data-picker. Without it the list works as it is.
// Importable: other pages may call enhance() on lists they add later.

/** The text in lower case without Vietnamese marks, so that "dong dang" finds "Đồng Đăng". */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}

export function enhance(picker) {
  const search = picker.querySelector(".picker__search");
  const count = picker.querySelector(".picker__count");
  const input = search.querySelector("input");
  const choices = [...picker.querySelectorAll("[data-choice]")].map((row) => ({
    row,
    box: row.querySelector("input"),
    text: fold(row.textContent),
  }));
  const tell = () => {
    const chosen = choices.filter((choice) => choice.box.checked);
    count.hidden = chosen.length === 0;
    const names = chosen.map((choice) => choice.row.textContent.trim()).join("; ");
    count.textContent = `${chosen.length} ${count.dataset.label} ${names}`;
  };
  const narrow = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    for (const choice of choices) choice.row.hidden = !words.every((word) => choice.text.includes(word));
  };
  search.hidden = choices.length < 8;
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.addEventListener("change", tell);
  tell();
}

document.querySelectorAll("[data-picker]").forEach(enhance);
