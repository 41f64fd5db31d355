// Keys for the queue: each presses a button that stands on the page. Where one was is kept for the next page.
const KEPT = 'smo-here'
const DOES = { p: '.smo-publish', x: '.smo-spam', r: '.smo-remove', o: '.smo-open' }
const rows = [...document.querySelectorAll('#result_list tbody tr')].filter(row => row.querySelector('.smo-row'))
let here = -1

const go = (to, isSeen = true) => {
  if (!rows.length) return
  rows[here]?.classList.remove('smo-here')
  here = Math.max(0, Math.min(to, rows.length - 1))
  const row = rows[here]
  row.classList.add('smo-here')
  row.tabIndex = -1
  if (!isSeen) return
  row.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
}

const isTyping = target => target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) return
  const key = event.key.toLowerCase()
  if (key === 'j' || key === 'k') go(here + (key === 'j' ? 1 : -1))
  else if (key === '?') {
    const keys = document.querySelector('[data-smo-keys]')
    keys.open = !keys.open
    keys.scrollIntoView({ block: 'nearest' })
  } else if (key === 'u') document.querySelector('.smo-undo')?.click()
  else if (DOES[key] && rows[here]) {
    sessionStorage.setItem(KEPT, String(here))
    rows[here].querySelector(DOES[key])?.click()
  } else return
  event.preventDefault()
})

if (rows.length && document.querySelector('[data-smo-keys]')) {
  const kept = sessionStorage.getItem(KEPT)
  go(Number(kept ?? 0), kept !== null)
  sessionStorage.removeItem(KEPT)
}
