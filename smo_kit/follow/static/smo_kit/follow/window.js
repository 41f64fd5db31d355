// Loads what its reader agrees to.
document.querySelectorAll(".smo-agree").forEach((box) => {
  const [part, always] = box.querySelectorAll("details, input");
  const frame = Object.assign(document.createElement("iframe"), JSON.parse(box.dataset.smoFrame));
  part.ontoggle = () => part.open ? part.append(frame) : frame.remove();
  always.onchange = () => part.open = localStorage[always.name] = always.checked || "";
  part.open = always.checked = localStorage[always.name];
  box.hidden = false;
});
