export const SHOP_STYLE = `
:root { --paper: #faf6ef; --card: #fffdf9; --ink: #26221d; --soft: #6b6257; --line: #e8dfd1; --accent: #1d6b5f; --on-accent: #fff; --night: #2b2723; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #1a1815; --card: #23201c; --ink: #efe9df; --soft: #b3a999; --line: #37322b; --accent: #6cc4b3; --on-accent: #10211e; --night: #12100e; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
a { color: inherit; }
a:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.wrap { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
.notice { background: var(--night); color: #f4ecdf; font-size: 14px; }
.notice .wrap { display: flex; flex-wrap: wrap; gap: 4px 20px; padding-top: 9px; padding-bottom: 9px; }
.notice span { margin-right: auto; }
.top { display: flex; align-items: baseline; gap: 24px; padding-top: 22px; padding-bottom: 22px; }
.name { margin-right: auto; font: 600 21px/1.2 Georgia, "Times New Roman", serif; text-decoration: none; }
.top nav a { margin-left: 20px; color: var(--soft); text-decoration: none; }
.top nav a:hover { color: var(--ink); }
.hero { padding-top: 40px; padding-bottom: 56px; }
h1, h2 { font-family: Georgia, "Times New Roman", serif; font-weight: 600; letter-spacing: -0.01em; text-wrap: balance; }
h1 { max-width: 16ch; margin: 0 0 14px; font-size: clamp(34px, 6vw, 56px); line-height: 1.08; }
.hero p { max-width: 46ch; margin: 0; color: var(--soft); font-size: 18px; }
.lamps { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 20px; padding-bottom: 64px; list-style: none; }
.lamp { padding: 12px 18px 18px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.lamp svg { display: block; width: 100%; height: auto; }
.lamp h3 { display: flex; justify-content: space-between; margin: 6px 0 0; font: 600 18px/1.3 Georgia, serif; }
.lamp h3 span { font: 500 15px/1.6 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.lamp p { margin: 2px 0 0; color: var(--soft); font-size: 14px; }
.try { padding-top: 48px; padding-bottom: 120px; border-top: 1px solid var(--line); }
h2 { margin: 0 0 8px; font-size: 30px; }
.steps { max-width: 68ch; margin: 0 0 28px; padding-left: 22px; }
.steps li { margin: 6px 0; }
.logins { border-collapse: collapse; margin: 8px 0; font-size: 14px; }
.logins th, .logins td { padding: 3px 18px 3px 0; text-align: left; font-weight: 400; }
.logins th { color: var(--soft); }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
.visitors { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); gap: 16px; margin: 0; padding: 0; list-style: none; }
.visitor { display: flex; flex-direction: column; gap: 8px; padding: 16px 18px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.visitor h3, .visitor p, .visitor blockquote { margin: 0; }
.visitor h3 { font-size: 16px; }
.visitor p { color: var(--soft); font-size: 14px; }
.visitor blockquote { flex: 1; padding-left: 12px; border-left: 2px solid var(--line); font-size: 14px; }
button { align-self: flex-start; padding: 7px 16px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); font: 550 14px/1.4 system-ui, sans-serif; cursor: pointer; }
.status:empty { margin-top: -8px; }
@media (max-width: 560px) { .wrap { padding-left: 16px; padding-right: 16px; } .top { flex-wrap: wrap; } .top nav a { margin: 0 16px 0 0; } }
`;
