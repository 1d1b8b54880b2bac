/** White space that only the reader of this file needs. */
const squeeze = (css: string): string =>
  css
    .replace(/\s*\n\s*/g, "")
    .replace(/: /g, ":")
    .replace(/ \{/g, "{")
    .replace(/;\}/g, "}");

/** The one style sheet of the public pages, inline; dark and print included, no font and no image is fetched. */
export const style = squeeze(`
:root {
  color-scheme: light dark;
  --ground: #eef1f5; --card: #fff; --ink: #17212f; --soft: #55616f; --line: #dde3ea;
  --tone: #1f4fa3; --tint: #e6eefb; --act: #1a4a9c; --onact: #fff;
}
.due-today { --tone: #7d4a00; --tint: #fdf0d9; }
.overdue, .fault { --tone: #a3201d; --tint: #fdeae8; }
.paid, .overpaid, .nothing-due { --tone: #0b6439; --tint: #e0f4e8; }
.canceled, .expired { --tone: #4b5663; --tint: #e9edf1; }
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 29rem; margin: 0 auto; padding: 1rem .75rem 2rem; }
.who { display: flex; align-items: center; gap: .7rem; padding: .35rem .5rem 1rem; font-weight: 600; font-size: 1.0625rem; }
.mark {
  flex: none; width: 2.25rem; height: 2.25rem; border-radius: .7rem; background: var(--act); color: var(--onact);
  display: grid; place-items: center; overflow: hidden;
}
.logo { max-width: 9rem; max-height: 2.5rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.25rem; margin-bottom: .9rem; }
h1 { font-size: 1.125rem; line-height: 1.4; margin-top: .8rem; }
h1:first-child { margin-top: 0; }
h2 { font-size: 1rem; margin-bottom: .7rem; }
.bill h2 { font-size: .875rem; color: var(--soft); margin: 1.2rem 0 .3rem; }
.pill {
  display: inline-block; background: var(--tint); color: var(--tone); border-radius: 2rem; padding: .2rem .8rem;
  font-size: .875rem; font-weight: 600;
}
.pill svg { width: .8em; height: .8em; margin-inline-end: .4em; }
.soft { color: var(--soft); font-size: .875rem; }
.sum { font-size: 2.375rem; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; }
.label { margin-top: 1.1rem; }
.say { margin-top: .3rem; }
.bar { display: block; width: 100%; height: .5rem; margin-top: .9rem; border-radius: 1rem; }
.note { border-inline-start: 3px solid var(--soft); background: var(--ground); border-radius: .3rem; padding: .6rem .8rem; margin-top: 1rem; font-size: .9375rem; }
.fault { border-color: var(--tone); background: var(--tint); color: var(--tone); margin: 0 0 1rem; }
dl { margin-top: 1.1rem; border-top: 1px solid var(--line); font-size: .9375rem; }
.bill h2 + dl { margin-top: 0; }
dl div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
dl div:last-child { border-bottom: 0; padding-bottom: 0; }
dt { color: var(--soft); }
dd { margin-inline-start: auto; text-align: end; font-variant-numeric: tabular-nums; }
.more { flex-basis: 100%; text-align: start; }
small { display: block; color: var(--soft); font-size: .8125rem; }
.on dt, .on dd { color: var(--ink); font-weight: 600; }
label { display: block; font-weight: 600; }
input, textarea {
  width: 100%; font: inherit; font-size: 1.25rem; padding: .6rem .8rem; margin: .35rem 0 .8rem; color: inherit;
  background: var(--card); border: 1px solid var(--soft); border-radius: .7rem;
}
button, .go, .apps a {
  display: block; width: 100%; min-height: 3.125rem; font: inherit; font-weight: 600; font-size: 1.0625rem; text-align: center; text-decoration: none;
  background: var(--act); color: var(--onact); border: 1px solid var(--act); border-radius: .8rem; padding: .75rem 1rem; cursor: pointer;
}
.second, .apps a, .apps button { background: none; color: var(--act); }
.second { margin-top: .6rem; }
a { color: var(--act); text-underline-offset: .15em; }
.aside { margin-top: .8rem; text-align: center; font-size: .9375rem; }
.aside a { display: inline-block; padding: .3rem; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
figure { text-align: center; margin-top: .7rem; }
.qr { display: block; width: 100%; max-width: 15rem; margin: .7rem auto 0; border-radius: .6rem; }
.pay dl { margin-top: 1rem; }
.copy { -webkit-user-select: all; user-select: all; }
.pay > .note { margin: 0 0 1rem; }
.pay .sum { margin-bottom: .7rem; }
.way + .way { border-top: 1px solid var(--line); margin-top: 1.4rem; padding-top: 1.2rem; }
figure + *, .way details { margin-top: .7rem; }
.apps { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; margin-top: .5rem; }
.apps > * { padding: .7rem .4rem; }
summary { color: var(--act); padding: .4rem 0; cursor: pointer; }
#code { font-size: .875rem; resize: none; word-break: break-all; margin-bottom: 0; }
[hidden] { display: none; }
.pay .soft { margin-top: .6rem; }
.links, footer p { margin-top: .5rem; }
.links a, footer a { display: inline-block; padding: .25rem 1rem .25rem 0; }
footer { color: var(--soft); font-size: .875rem; padding: .3rem .5rem; }
footer h2 { font-size: .875rem; margin: 0; }
ul { list-style: none; padding: 0; }
footer li { display: inline-block; }
@media (min-width: 52rem) {
  .wide { max-width: 58rem; display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.1rem; align-items: start; padding-top: 2rem; }
  .wide > .who, .wide > footer { grid-column: 1 / -1; }
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e141b; --card: #18212b; --ink: #e9eef4; --soft: #a6b2c0; --line: #2c3845;
    --tone: #a9c8ff; --tint: #1d3050; --act: #a9c8ff; --onact: #0a2246;
  }
  .due-today { --tone: #ffd08a; --tint: #42300f; }
  .overdue, .fault { --tone: #ffb3ad; --tint: #4a1f1e; }
  .paid, .overpaid, .nothing-due { --tone: #8fe0b2; --tint: #123a26; }
  .canceled, .expired { --tone: #c3ccd6; --tint: #2b3642; }
}
@media print {
  :root { --ground: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #999; --tint: #fff; --tone: #000; }
  button, .go, .apps, input, label, details, .aside, .links, footer { display: none; }
  section { break-inside: avoid; }
}
`);
