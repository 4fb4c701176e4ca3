"""The look of a page of findings: calm, readable on a phone, light or dark as the reader has it."""

STYLE = """
:root {
  --paper: #fdfdfb; --ink: #1e2326; --quiet: #565f64; --rule: #d9dcd8; --panel: #f2f3ef;
  --link: #0b5a7a; --violation: #a4161a; --warning: #7a4d00; --note: #2f5d3a; --mark: #ffe49c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191b; --ink: #e6e8e6; --quiet: #a8b0b3; --rule: #3a4144; --panel: #1f2426;
    --link: #82c8e6; --violation: #ff9c95; --warning: #f2c063; --note: #9fd3a8; --mark: #6b5200;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 56rem; padding: 1.5rem 1rem 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
h2.file { border-bottom: 1px solid var(--rule); padding-bottom: .35rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
.verdict { font-size: 1.1rem; margin: .25rem 0 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
th, td {
  border-bottom: 1px solid var(--rule); padding: .5rem .75rem .5rem 0; text-align: left;
  vertical-align: top;
}
thead th { color: var(--quiet); font-size: .875rem; font-weight: 600; }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
tr:target, article:target { background: var(--panel); }
td { white-space: nowrap; }
.number { font-variant-numeric: tabular-nums; padding-right: 0; text-align: right; }
.says, .source { color: var(--quiet); display: block; font-size: .9rem; }
article {
  border-left: .25rem solid var(--rule); margin: 1.25rem 0; padding: .25rem 0 .25rem 1rem;
}
article.violation { border-color: var(--violation); }
article.warning { border-color: var(--warning); }
article.note { border-color: var(--note); }
.severity { font-weight: 700; }
.severity.violation { color: var(--violation); }
.severity.warning { color: var(--warning); }
.severity.note { color: var(--note); }
article p { margin: .4rem 0; max-width: 42rem; }
.line { margin: .5rem 0; }
.where { color: var(--quiet); display: block; font-size: .875rem; }
pre {
  background: var(--panel); border: 1px solid var(--rule); border-radius: .25rem;
  margin: .25rem 0 0; overflow-wrap: anywhere; padding: .5rem .75rem; white-space: pre-wrap;
}
code { font: .9rem/1.5 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; tab-size: 4; }
mark { background: var(--mark); color: inherit; border-bottom: 2px solid currentColor; }
dl { font-size: .9rem; margin: .5rem 0 0; }
dl div { display: grid; grid-template-columns: 5.5rem 1fr; gap: .5rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.next { font-size: .9rem; }
@media print { body { max-width: none; } a { color: inherit; } article { break-inside: avoid; } }
"""
