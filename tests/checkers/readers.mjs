// What two readers of link previews make of pages: [{url, html}] comes in, [{reader: {title, …}}] goes out, both JSON.
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'

const need = createRequire(process.env.CHECKERS + '/package.json')
const openGraph = need('open-graph-scraper')
const scrape = need('metascraper')([
  ...['title', 'description', 'image', 'url', 'author'].map(part => need('metascraper-' + part)()),
  need('metascraper-date')({ datePublished: true }),
])

async function byOpenGraph({ html }) {
  const { result } = await openGraph({ html })
  return {
    title: result.ogTitle, description: result.ogDescription, url: result.ogUrl, image: result.ogImage?.[0]?.url,
    date: result.articlePublishedTime, author: result.author,
  }
}

async function byMetascraper({ html, url }) {
  const { datePublished, ...found } = await scrape({ html, url, validateUrl: false })
  return { ...found, date: datePublished }
}

const found = []
for (const page of JSON.parse(await text(process.stdin))) {
  found.push({ 'open-graph-scraper': await byOpenGraph(page), metascraper: await byMetascraper(page) })
}
process.stdout.write(JSON.stringify(found))
