const one = document.querySelector("[data-smo-me]");

addEventListener("submit", ({ target }) => {
  if (target.dataset.smoHere) target.next.value = /[^:/](\/.*)/.exec(location)[1];
});
addEventListener("click", (event) => {
  const link = event.target.closest(".smo-sign-in");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import(link.dataset.smoOwn).then((own) => own.open(link)).catch(() => location = link);
});
if (one && /smo_in/.test(document.cookie)) import(one.dataset.smoOwn).then((own) => own.greet());
