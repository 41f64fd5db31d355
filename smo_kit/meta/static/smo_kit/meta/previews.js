// Renews the previews of a form while somebody types in it. Files stay where they are; nothing is saved.
const PAUSE = 500

for (const panel of document.querySelectorAll('[data-smo-renew]')) {
  const form = panel.closest('form')
  let timer = 0
  let going = new AbortController()

  const renew = async () => {
    going.abort()
    going = new AbortController()
    const body = new FormData(form)
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name)
    const before = panel.querySelector('.smo-galleries')
    const stale = isStale => {
      before.removeAttribute('aria-busy')
      panel.querySelector('.smo-stale').hidden = !isStale
    }
    before.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(panel.dataset.smoRenew, { method: 'POST', body, signal: going.signal })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const after = page.querySelector('.smo-galleries')
      stale(!after)
      if (!after) return
      const open = [...before.querySelectorAll('.smo-preview:has(details[open])')].map(one => one.dataset.smoIn)
      for (const one of after.querySelectorAll('.smo-preview details')) {
        one.open = open.includes(one.closest('.smo-preview').dataset.smoIn)
      }
      before.replaceWith(document.adoptNode(after))
    } catch (error) {
      if (error.name !== 'AbortError') stale(true)
    }
  }
  const soon = () => {
    clearTimeout(timer)
    if (panel.open) timer = setTimeout(renew, PAUSE)
  }

  form.addEventListener('input', event => panel.contains(event.target) || soon())
  form.addEventListener('change', event => panel.contains(event.target) || soon())
  panel.addEventListener('toggle', () => panel.open && renew())
  if (panel.open) renew()
}
