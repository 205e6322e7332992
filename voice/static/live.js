/* Voice. Reads a part of the page anew while it says so: data-live is how many seconds lie between,
   data-live-times how often at most. A button with data-live-pause stops and goes on. Written by hand. */
const parts = new Map();
let paused = false;

async function readAnew(id) {
  const reply = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const here = document.getElementById(id);
  const there = page.getElementById(id);
  if (!here || !there) return;
  if (here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
  if (!there.dataset.live) stop(id);
}

function stop(id) {
  window.clearInterval(parts.get(id));
  parts.delete(id);
}

for (const part of document.querySelectorAll("[data-live]")) {
  let left = Number(part.dataset.liveTimes || Infinity);
  const look = () => {
    if (paused || document.hidden) return;
    left -= 1;
    if (left < 0) stop(part.id);
    else readAnew(part.id).catch(() => {});
  };
  parts.set(part.id, window.setInterval(look, Number(part.dataset.live) * 1000));
}

for (const button of document.querySelectorAll("[data-live-pause]")) {
  const [pause, goOn] = [button.textContent, button.dataset.livePause];
  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? goOn : pause;
  });
}
