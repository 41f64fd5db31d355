// Improves the pages that share buttons lead to: the list of saved pages, and the reader's own server.
const list = document.querySelector(".smo-saved");
const form = document.querySelector("[data-smo-ask]");

const show = () => {
  const saved = JSON.parse(localStorage.smoSaved || "[]");
  list.replaceChildren(...saved.filter((one) => /^https?:/.test(one.url)).map((one) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: one.url, textContent: one.title || one.url });
    const remove = Object.assign(document.createElement("button"), { type: "button", textContent: list.dataset.smoRemove });
    remove.ariaLabel = `${remove.textContent}: ${link.textContent}`;
    remove.onclick = () => {
      const others = JSON.parse(localStorage.smoSaved).filter((other) => other.url !== one.url);
      localStorage.smoSaved = JSON.stringify(others);
      show();
      (list.querySelector("a") || document.querySelector("h1")).focus();
    };
    item.append(link, " ", remove);
    return item;
  }));
  document.querySelector(".smo-none").hidden = list.children.length;
};
if (list) {
  show();
  addEventListener("storage", show);
}

if (form) {
  const name = "smo-" + form.dataset.smoAsk;
  const { server, remember } = form.elements;
  const known = form.querySelector(".smo-known");
  const tell = () => {
    known.hidden = !localStorage[name];
    known.querySelector("b").textContent = localStorage[name] || "";
  };
  if (form.querySelector(".smo-error")) delete localStorage[name]; // it was stored when sent, and then refused
  server.value ||= localStorage[name] || "";
  remember.parentNode.hidden = false;
  tell();
  known.querySelector("button").onclick = () => {
    delete localStorage[name];
    server.value = "";
    tell();
    server.focus();
  };
  form.addEventListener("submit", (event) => {
    const host = server.value.trim().replace(/^.*:\/\//, "").replace(/[/?#\\].*$/, "").replace(/^.*@/, "");
    if (remember.checked && /^[^\s:@]+\.[^\s:@.\d]+$/.test(host)) localStorage[name] = host;
    else delete localStorage[name];
    const isName = /^[a-z\d-]+(\.[a-z\d-]+)*\.[a-z][a-z\d-]+$/i.test(host);
    if (!isName || !location.hash.startsWith("#https://instance.invalid/")) return;
    event.preventDefault(); // a quote that the reader has selected: nobody has signed it
    location.href = location.hash.slice(1).replace("instance.invalid", host);
  });
}
