// Fields can be selected and copied by hand without it.
for (const button of document.querySelectorAll("[data-smo-copy]")) {
  const field = document.getElementById(button.dataset.smoCopy);
  const name = button.textContent;
  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      if (!document.execCommand("copy")) return;
      button.focus();
    }
    button.textContent = button.dataset.smoDone;
    setTimeout(() => (button.textContent = name), 2000);
  });
}
