// Shows how often each button was pressed: loaded only where a site wants it.
for (const part of document.querySelectorAll("[data-smo-numbers]")) {
  const reply = await fetch(part.dataset.smoNumbers);
  const numbers = reply.ok ? await reply.json() : {};
  const short = new Intl.NumberFormat(document.documentElement.lang || undefined, { notation: "compact" });
  for (const button of part.querySelectorAll("[data-smo-n]")) {
    const n = numbers[button.dataset.smoN];
    if (!n || button.querySelector(".smo-count")) continue;
    const count = button.appendChild(document.createElement("span"));
    count.className = "smo-count";
    count.textContent = short.format(n);
    button.ariaLabel += ": " + n;
  }
}
