/** The mailbox's only style sheet: light and dark by the reader's own setting, no fonts or pictures from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d2125; --faint: #59626b; --line: #d9d6ce;
  --link: #0b5a52; --mark: #e3efec; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181b; --card: #1d2125; --ink: #eceae5; --faint: #a7afb7;
  --line: #383e45; --link: #7fd1c4; --mark: #22332f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.25rem; }
header p { margin: 0; font-weight: 650; letter-spacing: .01em; }
header .where { font-weight: 400; color: var(--faint); font-size: .875rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1.25rem 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem .75rem; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: 0 0 1rem; }
label { display: grid; gap: .2rem; font-size: .875rem; color: var(--faint); flex: 1 1 12rem; }
input, select, button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--faint); border-radius: 6px;
  padding: .45rem .65rem; min-width: 0; width: 100%; min-height: 2.75rem; }
button { width: auto; padding-inline: 1.1rem; cursor: pointer; background: var(--mark); font-weight: 600; }
.mails { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; background: var(--card); }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; padding: .7rem 1rem; color: inherit; text-decoration: none; }
.mails a:hover { background: var(--mark); }
.mails a:focus-visible { outline-offset: -3px; }
.mails .subject { font-weight: 600; overflow-wrap: anywhere; }
.mails .to { color: var(--faint); overflow-wrap: anywhere; grid-column: 1; }
.mails time { color: var(--faint); font-size: .875rem; grid-column: 2; grid-row: 1; white-space: nowrap; padding-top: .1rem; }
.note { color: var(--faint); }
nav { display: flex; gap: 1.25rem; margin: 1rem 0 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 42rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); resize: vertical; overflow: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1rem; margin: 0 0 2rem; font: .9375rem/1.5 ui-monospace, monospace; }
@media (max-width: 34rem) { .mails a { grid-template-columns: 1fr; } .mails time { grid-column: 1; grid-row: auto; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;
