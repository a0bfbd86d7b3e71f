// Ticking every activity shown without loading the page again, and telling how many are ticked. Without it the link
// loads the list with all of them ticked.
const form = document.querySelector("[data-selection]");

if (form) {
  const boxes = [...form.querySelectorAll("input[name=chosen]")];
  const count = form.querySelector("[data-count]");
  const all = form.querySelector("[data-all]");
  const chosen = () => new Set(boxes.filter((box) => box.checked).map((box) => box.value));

  const show = () => {
    if (count) count.textContent = count.dataset.count.replace("{}", chosen().size);
  };
  form.addEventListener("change", (event) => {
    if (event.target.name !== "chosen") return;
    for (const box of boxes) if (box.value === event.target.value) box.checked = event.target.checked;
    show();
  });
  all?.addEventListener("click", (event) => {
    event.preventDefault();
    const isFull = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !isFull;
    show();
  });
  show();
}
