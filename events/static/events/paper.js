// A paper takes seconds to make: a bar moves by the estimate until the file is here, then the browser opens its copy.
const told = document.querySelector("#making");
const bar = told?.querySelector("progress");
const text = told?.querySelector("span");
const STEP = 100; // milliseconds

function show(seconds) {
  const begun = performance.now();
  bar.max = 1;
  bar.hidden = false;
  text.textContent = told.dataset.text;
  return setInterval(() => {
    const share = (performance.now() - begun) / 1000 / seconds;
    bar.value = share < 0.9 ? share : 1 - 0.1 / (1 + share - 0.9); // slower and slower, never full before the file is here
  }, STEP);
}

function hide(timer) {
  clearInterval(timer);
  bar.hidden = true;
  text.textContent = "";
}

for (const link of told ? document.querySelectorAll("a[data-paper]") : []) {
  link.addEventListener("click", async (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!bar.hidden) return;
    const timer = show(Number(told.dataset.seconds));
    try {
      await (await fetch(link.href)).blob(); // kept by the browser, which asks the server only whether it is still right
    } finally {
      hide(timer);
      location.assign(link.href);
    }
  });
}
