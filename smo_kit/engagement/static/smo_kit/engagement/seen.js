// Tells once that the page is looked at: not while it is prerendered or hidden.
let told;
const tell = (event) => {
  told &&= !event?.persisted; // back out of the browser's memory: one more look
  if (told || document.prerendering || document.hidden) return;
  told = true;
  const { smoTo, smoSeen: o } = document.querySelector("[data-smo-seen]").dataset;
  navigator.sendBeacon(smoTo, new URLSearchParams({ o }));
};
document.addEventListener("prerenderingchange", tell);
document.addEventListener("visibilitychange", tell);
addEventListener("pageshow", tell);
tell();
