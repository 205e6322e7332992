// The web chat without leaving the page. Words that could not be sent are kept in this tab, and sent once when there is
// signal again: each turn carries its page's own key, by which the service knows a second copy. Without this script every
// turn is an ordinary form.
const PLACE = 'voice-chat:' + window.location.pathname
const RETRY_MS = [2000, 5000, 10000, 30000]
const ANSWER_MS = 20000

let tries = 0
let timer = 0
let isSending = false
let waiting = null // a turn that could not be sent yet
let wordsSent = '' // what stood in the box when the turn was sent

const chat = () => document.querySelector('[data-voice-chat]')
const form = () => document.getElementById('say')
const box = () => chat().querySelector('textarea')

// A tab may forbid storing; then nothing is kept, and all else works.
function keep(name, value) {
  try {
    if (value === null) window.sessionStorage.removeItem(PLACE + name)
    else window.sessionStorage.setItem(PLACE + name, value)
  } catch { /* nothing is kept */ }
}

function kept(name) {
  try {
    return window.sessionStorage.getItem(PLACE + name)
  } catch {
    return null
  }
}

function forget() {
  for (const name of [':typed', ':unsent', ':whose', ':unheard']) keep(name, null)
}

// Whose chat this is: the short mark that every button of it carries. Somebody else's words are not put back.
const whose = () => form().querySelector('[name="tap"]')?.value.split('.')[0] ?? ''

function keepWords() {
  keep(':typed', box()?.value || null)
  keep(':whose', whose())
}

// The step that every button of this page belongs to.
const step = () => form().querySelector('[name="tap"]')?.value.replace(/\.[^.]*$/, '') ?? ''

// Words that answered nothing are kept by no server: this tab keeps them while their question is open.
function keepUnheard() {
  const bubble = chat().querySelector('[data-voice-unheard]')
  const label = bubble?.firstElementChild.textContent ?? ''
  const words = bubble?.lastChild.textContent.trim() ?? ''
  keep(':unheard', bubble ? JSON.stringify({ at: step(), label, words }) : null)
}

function showUnheard() {
  const unheard = JSON.parse(kept(':unheard') ?? 'null')
  const newest = chat().querySelector('[data-voice-newest]')
  if (!unheard || unheard.at !== step() || !newest || chat().querySelector('[data-voice-unheard]')) return
  const bubble = newest.cloneNode(false)
  bubble.className = 'voice-bubble voice-bubble--me'
  bubble.removeAttribute('data-voice-newest')
  newest.removeAttribute('id') // the page opens at their words, as it did
  const label = document.createElement('span')
  label.className = 'govuk-visually-hidden'
  label.textContent = unheard.label
  bubble.append(label, unheard.words)
  newest.before(bubble)
}

function tell(words) {
  const notice = chat().querySelector('[data-voice-unsent]')
  notice.hidden = false
  notice.querySelector('[data-voice-unsent-words]').textContent = words
  document.querySelector('[data-voice-said]').textContent = words
}

// What a reader of the screen hears: the new messages, and nothing that was there before.
function announce() {
  const newest = chat().querySelector('[data-voice-newest]')
  const bubbles = [...chat().querySelectorAll('.voice-bubble')]
  const news = newest ? bubbles.slice(bubbles.indexOf(newest)) : []
  document.querySelector('[data-voice-said]').textContent = news.map((each) => each.textContent.trim()).join(' ')
}

function turn(pressed) {
  const fields = new FormData(form(), pressed)
  const isFile = [...fields.values()].some((each) => each instanceof File && each.size > 0)
  if (isFile) return fields
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name)
  return new URLSearchParams(fields)
}

function send(body) {
  isSending = true
  chat().setAttribute('aria-busy', 'true')
  if (body instanceof URLSearchParams) keep(':unsent', body.toString())
  keep(':whose', whose())
  const stop = new AbortController()
  const late = window.setTimeout(() => stop.abort(), body instanceof FormData ? 10 * ANSWER_MS : ANSWER_MS)
  fetch(window.location.pathname, { method: 'POST', body, signal: stop.signal })
    .then((reply) => (reply.status >= 500 ? Promise.reject(new Error('down')) : show(reply)))
    .catch(() => wait(body))
    .finally(() => {
      window.clearTimeout(late)
      isSending = false
      chat().removeAttribute('aria-busy')
    })
}

function wait(body) {
  waiting = body
  const words = chat().dataset.unsent
  tell(words)
  window.clearTimeout(timer)
  const after = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]
  tries += 1
  timer = window.setTimeout(tryAgain, after)
  const again = chat().querySelector('[data-voice-try]')
  again.onclick = tryAgain
  again.scrollIntoView({ block: 'nearest' })
}

function tryAgain() {
  window.clearTimeout(timer)
  if (waiting && !isSending) send(waiting)
}

// What was typed after a turn was sent: it stays in the box.
function typedSince() {
  const words = box()?.value ?? ''
  if (words === wordsSent) return ''
  return words.startsWith(wordsSent) ? words.slice(wordsSent.length).trimStart() : words
}

async function show(reply) {
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  const drawn = page.querySelector('[data-voice-chat]')
  tries = 0
  waiting = null
  keep(':unsent', null)
  const since = typedSince()
  const isElsewhere = !drawn || new URL(reply.url).pathname !== window.location.pathname
  if (isElsewhere || page.documentElement.lang !== document.documentElement.lang) {
    window.location.assign(reply.url)
    return
  }
  const wasTyping = document.activeElement === box()
  chat().replaceChildren(...drawn.childNodes)
  document.title = page.title
  if (box() && since) box().value = reply.status < 400 ? since : `${box().value} ${since}`
  listen()
  keepWords()
  keepUnheard()
  if (reply.status >= 400) {
    chat().querySelector('.govuk-error-summary')?.focus()
    return
  }
  announce()
  if (wasTyping && box()) box().focus({ preventScroll: true })
  else form().focus({ preventScroll: true })
  chat().querySelector('[data-voice-newest]')?.scrollIntoView({ block: 'start' })
}

// Where a short answer is asked for, Enter sends as it does in every chat; a longer one may hold several lines,
// so there Control or Command goes with it.
function sendByKey(event) {
  const isMeant = box().rows === 1 ? !event.shiftKey : event.ctrlKey || event.metaKey
  if (event.key !== 'Enter' || event.isComposing || !isMeant) return
  event.preventDefault()
  form().requestSubmit(box().parentElement.querySelector('button'))
}

function listen() {
  box()?.addEventListener('input', keepWords)
  box()?.addEventListener('keydown', sendByKey)
}

function begin() {
  if ((kept(':whose') ?? whose()) !== whose()) forget()
  const unsent = kept(':unsent')
  if (box() && !box().value && kept(':typed')) box().value = kept(':typed')
  showUnheard()
  listen()
  window.addEventListener('online', tryAgain)
  document.addEventListener('submit', (event) => {
    if (event.target !== form()) return
    event.preventDefault()
    if (isSending || waiting) return // its words stay in the box
    wordsSent = box()?.value ?? ''
    send(turn(event.submitter))
  })
  document.querySelector('.govuk-js-exit-this-page-button')?.addEventListener('click', forget)
  window.addEventListener('pagehide', () => { // left by Shift three times: no button was pressed
    if (document.body.classList.contains('govuk-exit-this-page-hide-content')) forget()
  })
  if (unsent) {
    wordsSent = new URLSearchParams(unsent).get('words') ?? ''
    send(new URLSearchParams(unsent))
  }
}

if (chat()) begin()
