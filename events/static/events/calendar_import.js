// The page of a calendar that is being read or saved: asks how far it is, and loads itself anew when that is over.
const panel = document.getElementById("progress");
const [bar, status] = [panel.querySelector("progress"), panel.querySelector("[role=status]")];
let told = 0;

async function look() {
  try {
    const answer = await fetch(panel.dataset.address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const { state, done, total, silent } = await answer.json();
    if (state !== panel.dataset.state && state !== "reading") return location.reload();
    if (silent) return location.reload();
    show(done, total);
  } catch {
    // the network is away for a moment: ask again
  }
  setTimeout(look, 1000);
}

function show(done, total) {
  if (!total) return;
  bar.max = total;
  bar.value = done;
  const share = Math.floor((10 * done) / total);
  if (share === told) return; // a screen reader is told every tenth, not every second
  told = share;
  status.textContent = panel.dataset.text.replace("{done}", done).replace("{total}", total);
}

setTimeout(look, 700);
