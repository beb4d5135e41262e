/** The only style sheet: light and dark by the reader's own setting, and nothing from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #eff2f0; --card: #fff; --ink: #1b2421; --faint: #55625c; --line: #7b8983;
  --brand: #14513f; --on-brand: #fff; --mark: #e3efec; --fault: #9c1c1c; }
@media (prefers-color-scheme: dark) { :root { --paper: #101513; --card: #1a211e; --ink: #e6ece9; --faint: #a7b5af;
  --line: #7a8882; --brand: #86d6b6; --on-brand: #0d1f18; --mark: #17302a; --fault: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main, footer { max-width: 38rem; margin: 0 auto; padding: 0 1rem; }
main { padding-top: 1.5rem; }
.card { background: var(--card); border-radius: 12px; padding: 1.5rem; overflow-wrap: anywhere; }
.name { margin: 0 0 .75rem; color: var(--brand); font-weight: 650; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
fieldset { border: 0; margin: 1.5rem 0 0; padding: 0; min-width: 0; }
legend { font-weight: 650; font-size: 1.05rem; padding: 0; margin-bottom: .25rem; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; align-items: start; padding: .5rem 0; }
.choice input { width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--brand); }
.choice label { font-weight: 600; min-height: 1.5rem; cursor: pointer; }
.choice .says { grid-column: 2; }
.says, .note { color: var(--faint); margin: 0; }
.note { margin-top: .5rem; }
select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  min-height: 2.75rem; padding: .4rem .6rem; max-width: 100%; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.25rem; border-radius: 6px; cursor: pointer;
  border: 1px solid var(--brand); color: var(--on-brand); background: var(--brand); }
button.quiet { color: var(--brand); background: transparent; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
a { color: var(--brand); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px; border-radius: 3px; }
.said { background: var(--mark); border-left: 4px solid var(--brand); padding: .75rem 1rem; margin: 0 0 1rem; }
.fault { border-left: 4px solid var(--fault); padding: .25rem 1rem; margin: 0 0 1rem; }
.fault h2 { font-size: 1.05rem; margin: 0; color: var(--fault); }
.fault p { margin: 0; }
footer ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 1rem 0 2rem; }
footer a { display: inline-block; padding: .4rem 0; }
@media (max-width: 30rem) { main { padding: 0; } .card { border-radius: 0; } .buttons button { flex: 1 1 100%; } }
`;
