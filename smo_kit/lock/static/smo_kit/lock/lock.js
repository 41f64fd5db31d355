// Links and forms work without it.
const act = (lock, event) => import(lock.dataset.smoAct).then((own) => own.act(lock, event));
const lockOf = ({ target }, what) => target.closest(what)?.closest("[data-smo-lock]");

addEventListener("submit", (event) => {
  const lock = lockOf(event, ".smo-lock-ways form");
  if (!lock || lock.smoPlain) return;
  event.preventDefault();
  act(lock, event).catch(() => event.target.requestSubmit(event.submitter, lock.smoPlain = 1));
});
addEventListener("click", (event) => {
  const lock = lockOf(event, "a.smo-lock-offer");
  if (!lock) return;
  act(lock, event).catch(() => {});
  const { smoPopup } = lock.dataset;
  if (!smoPopup || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(event.target.closest("a").href, "", smoPopup);
});
for (const lock of document.querySelectorAll("[data-smo-lock]")) {
  try {
    (/smo_in/.test(document.cookie) || localStorage[lock.dataset.smoLock]) && act(lock).catch(() => {});
  } catch { /* storage is forbidden */ }
}
