// Shares selected text.
const bar = document.querySelector(".smo-pick");
const { dataset } = bar;
const page = dataset.smoUrl;
const code = (text) => encodeURIComponent(text.trim()).replaceAll("-", "%2D");
let wait;

const show = () => {
  const chosen = getSelection();
  if (chosen.isCollapsed || !bar.parentNode.contains(chosen.anchorNode)) return bar.hidePopover();
  const range = chosen.getRangeAt(0);
  const text = [
    range.startContainer.data?.slice(0, range.startOffset).match(/[^\s\p{P}]*$/u),
    range.endContainer.data?.slice(range.endOffset).match(/[^\s\p{P}]*/u),
  ].join(chosen).trim();
  const [, first, last] = text.match(/^((?:\S+[^\S\n]?){0,4}).*?((?:\S+[^\S\n]?){0,4})$/s);
  const found = code(first) + (last && "," + code(last));
  dataset.smoUrl = page + found;
  dataset.smoTitle = text.replace(/(.{200}).+/su, "$1…");
  bar.querySelectorAll("a").forEach((link) => {
    link.blank ||= link.href;
    link.href = link.blank.replace("smoquote", code(dataset.smoTitle)).replace("smofound", code(found));
  });
  bar.style.top = range.getBoundingClientRect().bottom + scrollY + "px";
  bar.showPopover();
};

document.addEventListener("selectionchange", () => {
  clearTimeout(wait);
  wait = setTimeout(show, 300);
});
addEventListener("keydown", ({ key }) => key == "Tab" && !bar.matches(":focus-within") && bar.focus());
