const bell = document.querySelector(".smo-bell");
const count = async () => {
  let [till, n] = sessionStorage.smoBell?.split(",") || [];
  if (!(till > Date.now())) {
    const said = await (await fetch(bell.dataset.smoUnread)).text();
    n = /[1-9]\d*/.exec(said) || "";
    sessionStorage.smoBell = [Date.now() + (said ? 6e4 : 3e5), n];
  }
  bell.lastChild.textContent = n;
};
let asks;
const ring = () => document.hidden || (asks ??= count().catch(() => {}).then(() => asks = null));
addEventListener("pageshow", ring);
addEventListener("visibilitychange", ring);
addEventListener("submit", () => delete sessionStorage.smoBell);
