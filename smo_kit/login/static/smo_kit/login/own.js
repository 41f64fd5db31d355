// What a page needs of sign-in only when a reader asks for it, or has signed in here before.
const dialog = document.createElement("dialog");
dialog.className = "smo-dialog";
dialog.addEventListener("click", ({ target }) => target == dialog && dialog.close());

// Opens the page of a link over this one, and has it come back here, with query and fragment.
export const open = async (link) => {
  const here = encodeURIComponent(location.pathname + location.search + location.hash);
  const reply = await fetch(link.href.replace(/next=[^&]*/, "next=" + here), { headers: { "X-Smo-Part": 1 } });
  if (!reply.ok) throw reply.status;
  const { body } = new DOMParser().parseFromString(await reply.text(), "text/html");
  dialog.replaceChildren(...body.childNodes);
  dialog.ariaLabel = link.textContent.trim();
  document.body.append(dialog);
  const style = dialog.querySelector("link");
  await new Promise((done) => style.onload = style.onerror = done);
  dialog.showModal();
};

// Makes the links the way to the account of who is signed in, and says so in place of buttons that sign in.
export const greet = async () => {
  const places = document.querySelectorAll("[data-smo-me]");
  const { name, label, picture, account, said, yours } = await (await fetch(places[0].dataset.smoMe)).json();
  if (!name) return;
  for (const place of places) {
    const link = place.href ? place : document.createElement("a");
    link.href = account;
    if (link != place) {
      link.textContent = yours;
      place.replaceChildren(said, " ", link);
      continue;
    }
    Object.assign(link, { className: "smo-account", textContent: name, ariaLabel: label });
    if (!picture) continue;
    const image = Object.assign(new Image(24, 24), { src: picture, alt: "" });
    Object.assign(image.style, { borderRadius: "50%", verticalAlign: "middle" });
    link.prepend(image, " ");
  }
};
