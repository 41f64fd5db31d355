// Reports, once, that the page is looked at: not while it is prerendered or in a hidden tab.
let told;
const tell = () => {
  if (told || document.prerendering || document.hidden) return;
  told = true;
  document.querySelectorAll("[data-smo-seen]").forEach(({ dataset }) =>
    navigator.sendBeacon(dataset.smoTo, new URLSearchParams({ o: dataset.smoSeen })));
};
document.addEventListener("visibilitychange", tell);
document.addEventListener("prerenderingchange", tell);
// Back out of the browser's memory of whole pages: one more look. The site knows whether it is a new visit.
addEventListener("pageshow", (event) => {
  if (event.persisted) told = false;
  tell();
});
tell();
