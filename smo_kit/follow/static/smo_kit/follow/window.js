// Loads agreed frames.
let kept = {};
try { kept = localStorage; } catch {}
for (const box of document.querySelectorAll(".smo-agree")) {
  const [details, input] = box.querySelectorAll("details, input");
  const frame = document.createElement("iframe");
  details.ontoggle = () => details.open ? details.append(frame) : frame.remove();
  input.onchange = () => details.open = kept[input.name] = input.checked || "";
  details.open = input.checked = kept[input.name];
  Object.assign(frame, JSON.parse(box.dataset.smoFrame));
  box.hidden = false;
}
