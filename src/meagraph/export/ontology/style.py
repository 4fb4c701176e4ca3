"""The look of the ontology's page: calm, one column on a phone, with a margin on a desk."""

STYLE = """
:root {
  --paper: #fdfdfb; --ink: #1e2326; --quiet: #565f64; --rule: #d9dcd8; --panel: #f2f3ef;
  --link: #0b5a7a; --alarm: #8a3a12;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191b; --ink: #e6e8e6; --quiet: #a8b0b3; --rule: #3a4144; --panel: #1f2426;
    --link: #82c8e6; --alarm: #f0b48f;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
header, main { padding: 0 1rem; max-width: 52rem; margin: 0 auto; }
header { padding-top: 2rem; }
main { padding-bottom: 5rem; }
nav { padding: 0 1rem; max-width: 52rem; margin: 2.5rem auto 0; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; max-width: 34rem; }
h2 {
  border-top: 2px solid var(--ink); font-size: 1.35rem; line-height: 1.3; margin: 3.5rem 0 .5rem;
  padding-top: .75rem;
}
nav h2 { border-top: 1px solid var(--rule); font-size: 1.05rem; margin-top: 0; }
h3 { color: var(--quiet); font-size: 1.1rem; line-height: 1.3; margin: 2.5rem 0 .25rem; }
h4 { font-size: 1.15rem; line-height: 1.3; margin: 0; }
p { margin: .4rem 0; }
a {
  color: var(--link); text-underline-offset: .2em; text-decoration-thickness: 1px;
  text-decoration-color: color-mix(in srgb, currentColor 40%, transparent);
}
a:hover { text-decoration-color: currentColor; }
a:focus-visible, summary:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px;
}
code, pre {
  font-family: ui-monospace, "Cascadia Mono", "Noto Sans Mono", monospace; font-size: .85em;
}
pre code { font-size: 1em; }
.skip {
  background: var(--paper); left: 1rem; padding: .5rem 1rem; position: absolute; top: -4rem;
  z-index: 1;
}
.skip:focus { top: .5rem; }
.lead { font-size: 1.15rem; line-height: 1.5; max-width: 38rem; }
.quiet, .example cite { color: var(--quiet); font-style: normal; }
dl { margin: .5rem 0; }
dd { margin: 0; }
dt { color: var(--quiet); font-size: .85rem; }
dl > div { margin: .35rem 0; }
article { border-top: 1px solid var(--rule); margin: 1.25rem 0 0; padding: 1.25rem 0 .25rem; }
h3 + article { border-top: 0; margin-top: 0; padding-top: .75rem; }
article:target, tr:target {
  background: var(--panel); box-shadow: -.5rem 0 var(--panel), .5rem 0 var(--panel);
}
article:target pre { background: var(--paper); }
.name { color: var(--quiet); font-weight: 400; margin-inline-start: .35rem; }
.gone { color: var(--alarm); font-weight: 600; }
.definition { font-size: 1.05rem; max-width: 40rem; }
.iri { font-size: .85rem; margin: 0 0 .4rem; }
.reason { color: var(--quiet); display: block; font-size: .85rem; }
ul { margin: .25rem 0; padding-inline-start: 1.1rem; }
ul.plain { list-style: none; padding: 0; }
.example { margin: .75rem 0 .5rem; }
.example figcaption { color: var(--quiet); font-size: .85rem; }
pre {
  background: var(--panel); border-radius: .3rem; line-height: 1.5; margin: .25rem 0;
  padding: .6rem .75rem; white-space: pre-wrap;
}
pre .line { display: block; padding-inline-start: 2rem; text-indent: -2rem; }
pre .remark { color: var(--quiet); font-style: italic; }
table { border-collapse: collapse; font-size: .95rem; width: 100%; }
caption { color: var(--quiet); font-size: .85rem; padding: .25rem 0 .5rem; text-align: start; }
th, td {
  border-bottom: 1px solid var(--rule); font-weight: 400; padding: .4rem .75rem .4rem 0;
  text-align: start; vertical-align: top;
}
thead th {
  border-bottom: 2px solid var(--quiet); color: var(--quiet); font-size: .85rem;
  overflow-wrap: normal;
}
tbody th { width: 34%; }
.number { font-variant-numeric: tabular-nums; padding-inline-end: 0; text-align: end; }
nav details { border-bottom: 1px solid var(--rule); padding: .35rem 0; }
nav summary { cursor: pointer; padding: .2rem 0; }
nav ul { font-size: .95rem; list-style: none; padding-inline-start: .9rem; }
.branch > ul, nav details > ul { padding-inline-start: 0; }
nav li { margin: .1rem 0; }
nav li a { display: inline-block; padding: .1rem 0; }
.branches { columns: 10rem; column-gap: 1rem; padding-bottom: .5rem; }
.branch { break-inside: avoid; padding-top: .6rem; }
.branch p { color: var(--quiet); font-size: .85rem; margin: 0; }
@media (min-width: 36rem) {
  dl > div { display: grid; gap: 0 1rem; grid-template-columns: 8.5rem 1fr; }
  dt { padding-top: .15em; }
}
@media screen and (max-width: 40rem) {
  table.cards, .cards tbody, .cards tr, .cards th, .cards td, .cards caption { display: block; }
  .cards thead {
    clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px;
  }
  .cards tr { border-bottom: 1px solid var(--rule); padding: .6rem 0; }
  .cards th, .cards td { border: 0; padding: .1rem 0; text-align: start; width: auto; }
  .cards td:empty { display: none; }
  [data-label]::before { color: var(--quiet); content: attr(data-label) ": "; font-size: .85rem; }
  [data-label="Meaning"]::before { content: none; }
}
@media screen and (min-width: 70rem) {
  body {
    column-gap: 3rem; display: grid; grid-template-columns: 19rem minmax(0, 54rem);
    grid-template-rows: auto 1fr; justify-content: center;
  }
  header { grid-column: 2; grid-row: 1; }
  main { grid-column: 2; grid-row: 2; }
  header, main { margin: 0; max-width: none; width: 100%; }
  nav h2 { border: 0; padding: 0; }
  nav {
    align-self: start; grid-column: 1; grid-row: 1 / span 2; margin: 0; max-height: 100vh;
    overflow-y: auto; padding: 2rem .5rem 3rem 1rem; position: sticky; top: 0;
  }
}
@media print {
  :root {
    --paper: #fff; --ink: #000; --quiet: #333; --rule: #999; --panel: #fff; --link: #000;
    --alarm: #000;
  }
  html { font-size: 9pt; }
  header, main { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  h2, h3, h4 { break-after: avoid; }
  article, figure, tr { break-inside: avoid; }
  pre { border: 1px solid var(--rule); }
  a { text-decoration: none; }
}
"""
