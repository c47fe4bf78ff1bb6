/** The look of the records page. Its hash is in the page's Content-Security-Policy. */
export const RECORDS_STYLE = `
:root { --paper: #FAF9F6; --card: #FFFFFF; --ink: #1C1F23; --soft: #63686F; --line: #E7E4DD; --accent: #1D6B5F; --on-accent: #FFFFFF; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181B; --card: #1E2125; --ink: #ECEAE5; --soft: #A3A8AF; --line: #33373C; --accent: #6CC4B3; --on-accent: #10211E; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
header { display: flex; flex-wrap: wrap; gap: 16px; align-items: end; justify-content: space-between; padding: 32px 24px 20px; border-bottom: 1px solid var(--line); }
header, main { max-width: 1040px; margin: 0 auto; }
h1 { margin: 0; font-size: 22px; font-weight: 650; letter-spacing: -0.01em; }
header p, .count { margin: 2px 0 0; color: var(--soft); }
header form, .add { display: flex; gap: 8px; }
main { padding: 16px 24px 64px; }
article { margin-top: 16px; padding: 18px 20px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
article:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
h2 { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; margin: 0 0 14px; font-size: 16px; font-weight: 600; }
h2 small, h2 time { color: var(--soft); font-size: 13px; font-weight: 400; font-variant-numeric: tabular-nums; }
h2 time { margin-left: auto; }
h3 { margin: 18px 0 6px; font-size: 13px; font-weight: 600; color: var(--soft); }
.state { padding: 0 8px; border: 1px solid var(--line); border-radius: 999px; color: var(--soft); font-size: 12px; font-weight: 500; }
.values { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 10px 16px; }
label span, .values div span { display: block; overflow-wrap: anywhere; color: var(--soft); font-size: 12px; }
output { display: block; overflow-wrap: anywhere; font-size: 13px; }
input, select { width: 100%; min-width: 0; padding: 6px 9px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: inherit; font: inherit; }
input:focus-visible, select:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
button { padding: 6px 16px; border: 1px solid var(--accent); border-radius: 6px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 550; cursor: pointer; }
.add { margin-top: 14px; padding-top: 14px; border-top: 1px solid var(--line); }
details { margin-top: 12px; }
summary { width: fit-content; color: var(--soft); font-size: 13px; cursor: pointer; }
.acts { display: flex; flex-wrap: wrap; gap: 8px 24px; margin-top: 10px; }
.acts form { display: flex; gap: 8px; }
.acts button { background: transparent; color: var(--accent); white-space: nowrap; }
blockquote { margin: 0 0 8px; padding: 8px 12px; border-left: 2px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 560px) { header, main { padding-left: 16px; padding-right: 16px; } h2 time { margin-left: 0; } .add { flex-wrap: wrap; } }
`;
