import { html, raw } from 'hono/html';

/** Text that is safe to send as HTML. */
export type Markup = ReturnType<typeof html>;

const STYLE = raw(`
:root{color-scheme:light dark;--ink:#1b1b1a;--paper:#fbfaf7;--line:#dcd8cf;--soft:#67635b;--accent:#8a1f11;--card:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#eceae5;--paper:#171716;--line:#3a3833;--soft:#a29d93;--accent:#f0a08f;--card:#1f1e1c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header.bar{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline;padding:.75rem max(1.25rem,calc(50% - 28.75rem));border-bottom:1px solid var(--line)}
header.bar b{font-family:Georgia,serif;font-size:1.2rem}
header.bar time{margin-left:auto;color:var(--soft);font-variant-numeric:tabular-nums}
main{max-width:60rem;margin:0 auto;padding:1.25rem}
h1{font:600 1.6rem/1.25 Georgia,serif;margin:.25rem 0 1rem}
h2{font:600 1.15rem/1.3 Georgia,serif;margin:2rem 0 .5rem}
a{color:var(--accent)}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;padding:.45rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft);font-size:.875rem}
td.when,td.number{white-space:nowrap;font-variant-numeric:tabular-nums;color:var(--soft)}
.wide{overflow-x:auto}
.kind{display:inline-block;padding:0 .5rem;border:1px solid var(--line);border-radius:1rem;font-size:.8125rem}
.kind.digest{background:var(--accent);border-color:var(--accent);color:var(--paper)}
form.row{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.5rem 0}
label{display:grid;gap:.125rem;font-size:.875rem;color:var(--soft)}
input,select,button{font:inherit;padding:.45rem .7rem;min-height:2.75rem;border:1px solid var(--line);border-radius:.375rem;background:var(--card);color:var(--ink)}
input,select{max-width:calc(100vw - 2.5rem)}
button{cursor:pointer;background:var(--ink);color:var(--paper);border-color:var(--ink)}
button.plain,button[aria-pressed=false]{background:var(--card);color:var(--ink)}
details.write{margin:0 0 1.25rem;padding:0 .8rem;border:1px solid var(--line);border-radius:.375rem;background:var(--card)}
details.write summary{padding:.6rem 0;cursor:pointer;font-weight:600}
details.write form{display:flex;flex-wrap:wrap;gap:0 .75rem;margin-bottom:.75rem}
details.write p{margin:0 0 .75rem}
p.field{display:flex;flex-direction:column;gap:.125rem;flex:1 1 15rem;min-width:0}
p.field:has([name=to]){flex-grow:1.5}
p.field:has(button){flex:0 0 auto;padding-top:1.4375rem}
.fault{color:var(--accent);font-size:.875rem}
input[aria-invalid]{border-color:var(--accent)}
nav.tabs{display:flex;gap:.25rem;border-bottom:1px solid var(--line);margin-top:1rem}
nav.tabs a{padding:.6rem 1rem;text-decoration:none;color:inherit}
nav.tabs a[aria-current]{border-bottom:3px solid var(--accent);font-weight:600}
iframe{width:100%;height:75vh;border:1px solid var(--line);background:#fff;margin-top:1rem}
pre{unicode-bidi:plaintext;white-space:pre-wrap;overflow-wrap:anywhere;font:.9rem/1.5 ui-monospace,monospace}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.note{padding:.6rem .8rem;border-left:4px solid var(--accent);background:var(--card)}
@media(max-width:40rem){.hide{display:none}td.when{white-space:normal}td.when span{white-space:nowrap}p.field:has(button){padding-top:0}main{padding:1rem 1.25rem}}
`);

/** A page of local mode: a bar with the three places and our clock, then the content; `error`: it shows a form again. */
export const page = (title: string, now: string, content: Markup | Markup[], { error = false } = {}): Markup =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="same-origin">
<title>${error ? 'Error: ' : ''}${title} · local mode</title><style>${STYLE}</style></head>
<body><header class="bar"><b>Local mode</b><a href="/">Sign-up page</a><a href="/inbox">Inbox</a><a href="/operator">Operator</a><time datetime="${now}">${now.replace('T', ' ').replace('Z', ' UTC')}</time></header>
<main><h1>${title}</h1>${content}</main></body></html>`;
