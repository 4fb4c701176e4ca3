"""The look of a table's page: calm, a card for each row on a phone, plain when printed."""

STYLE = """
:root {
  --paper: #fdfdfb; --ink: #1e2326; --quiet: #565f64; --rule: #d9dcd8; --panel: #f2f3ef;
  --link: #0b5a7a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191b; --ink: #e6e8e6; --quiet: #a8b0b3; --rule: #3a4144; --panel: #1f2426;
    --link: #82c8e6;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 100rem; padding: 1.5rem 1rem 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word;
}
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; max-width: 50rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
a {
  color: var(--link); text-underline-offset: .2em; text-decoration-thickness: 1px;
  text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);
}
a:hover { text-decoration-color: currentColor; }
a:focus-visible, .wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
pre { background: var(--panel); padding: .75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
dl { margin: .5rem 0 1.5rem; }
dl.given > div { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
dl.passages dt { color: inherit; font-weight: 600; margin-top: 1rem; scroll-margin-top: 1rem; }
dl.passages dd { max-width: 50rem; }
dl.passages :target { background: var(--panel); }
.note { color: var(--quiet); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { color: var(--quiet); padding: .25rem 0 .75rem; text-align: start; }
th, td {
  border-bottom: 1px solid var(--rule); padding: .45rem .9rem .45rem 0; text-align: start;
  vertical-align: top; min-width: 4rem; max-width: 32rem;
}
thead th { border-bottom: 2px solid var(--quiet); font-size: .9rem; vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody tr:hover { background: var(--panel); }
.unit { color: var(--quiet); font-weight: 400; }
.meaning { color: var(--quiet); display: block; font-size: .8rem; font-weight: 400; }
.number { font-variant-numeric: tabular-nums; text-align: end; }
td[data-type="date"] { white-space: nowrap; }
@media screen and (max-width: 44rem) {
  table, caption, tbody, tr, tbody th, tbody td { display: block; max-width: none; }
  thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
  tbody tr { border: 1px solid var(--rule); border-radius: .4rem; margin: 0 0 1rem; }
  tbody th, tbody td {
    border-bottom: 1px solid var(--rule); padding: .4rem .75rem; text-align: start;
  }
  tbody tr > :last-child { border-bottom: 0; }
  tbody td:empty { display: none; }
  [data-label]::before {
    color: var(--quiet); content: attr(data-label); display: block; font-size: .8rem;
  }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #333; --rule: #999; --panel: #fff; --link: #000; }
  html { font-size: 9pt; }
  body { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  tr, dl.passages div { break-inside: avoid; }
  th, td { min-width: 4.5rem; padding-right: .5rem; overflow-wrap: anywhere; hyphens: auto; }
}
"""
