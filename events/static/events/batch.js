// The page of a batch of documents: asks each second how far it is and puts in place only what changed.
const panel = document.getElementById("batch");
const QUICK = 400; // the first looks, while somebody waits for the first sign
let looks = 0;

async function look() {
  try {
    const answer = await fetch(panel.dataset.address);
    if (!answer.ok || answer.redirected) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const piece of fresh.querySelectorAll("#batch-sum, #batch-parts > li")) place(piece);
    if (fresh.querySelector("[data-over]")) return;
  } catch {
    // the network is away for a moment: ask again
  }
  looks += 1;
  setTimeout(look, looks < 6 ? QUICK : 1000);
}

function place(piece) {
  const old = document.getElementById(piece.id);
  if (withoutToken(old) === withoutToken(piece)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.textContent : "";
  old.replaceWith(document.adoptNode(piece));
  if (!focused) return;
  const same = [...piece.querySelectorAll("a, button")].find((each) => each.textContent === focused);
  if (same) same.focus();
}

function withoutToken(piece) {
  const copy = piece.cloneNode(true);
  for (const each of copy.querySelectorAll("[name=csrfmiddlewaretoken]")) each.remove();
  return copy.outerHTML;
}

setTimeout(look, QUICK);
