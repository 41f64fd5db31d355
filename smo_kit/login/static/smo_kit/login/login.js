let kept = {};
try { kept = localStorage; } catch {}
const link = document.querySelector(".smo-sign-in");

addEventListener("submit", ({ target, submitter }) => {
  if (target.next || submitter?.name == "join") kept.smoIn = 1;
  if (target.dataset.smoHere) target.next.value = /[^:/](\/.*)/.exec(location)[1];
});
addEventListener("click", (event) => {
  const link = event.target.closest(".smo-sign-in");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import(link.dataset.smoOwn).then((own) => own.open(link)).catch(() => location = link);
});
if (link && kept.smoIn) import(link.dataset.smoOwn).then((own) => own.greet(kept));
