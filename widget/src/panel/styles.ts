/** Where the panel takes the whole screen. */
export const NARROW = "(max-width:480px),(max-height:500px)";

/** Styles of the panel, the badge and the previews; added to the launcher's. */
export const PANEL_STYLES = `[dir]{font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:#1c1f23;--surface:#fff;--line:rgb(0 0 0/.08);--above:calc(var(--edge) + 68px + env(safe-area-inset-bottom))}
.badge{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-width:24px;padding:0 5px;border:2px solid #fff;border-radius:12px;background:#b3261e;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
.panel,.previews{position:fixed;z-index:2147483001;inset-inline-end:calc(var(--edge) + env(safe-area-inset-right));inset-block-end:var(--above)}
.panel{width:400px;height:min(680px,100dvh - 108px);border-radius:16px;overflow:hidden;background:var(--surface);box-shadow:0 0 0 1px var(--line),0 5px 40px rgb(0 0 0/.16);transform-origin:100% 100%;visibility:hidden;opacity:0;transform:scale(.96);transition:opacity .12s,transform .12s,visibility 0s .12s}
[dir=rtl] .panel{transform-origin:0 100%}
.panel.open{visibility:visible;opacity:1;transform:none;transition:opacity .2s,transform .2s cubic-bezier(.2,0,0,1)}
iframe{position:relative;display:block;width:100%;height:100%;border:0;background:var(--surface)}
[hidden]{opacity:0;pointer-events:none}
.waiting{position:absolute;inset:0;display:grid;place-items:center;text-align:center}
.waiting button{display:block;margin:8px auto;padding:8px 16px;border-radius:14px;font-weight:600;text-decoration:underline}
.preview button+button,.waiting>button{position:absolute;inset-block-start:0;inset-inline-end:0;width:44px;height:44px;border-radius:14px;font-size:18px;line-height:44px;text-align:center}
.waiting>button{margin:12px;padding:0;text-decoration:none}
.previews{display:grid;gap:8px;width:min(300px,100vw - 32px)}
.preview{position:relative;background:var(--surface);border-radius:14px;box-shadow:0 0 0 1px var(--line),0 4px 24px rgb(0 0 0/.14)}
.preview button:first-child{display:block;width:100%;padding:12px 16px;padding-inline-end:44px;border-radius:14px}
.preview b{display:block;font-size:12px;font-weight:600;opacity:.72}
.preview span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){[dir]{color:#ecedee;--surface:#1b1e22;--line:rgb(255 255 255/.12)}}
@media${NARROW}{.panel{inset:var(--top,0) 0 auto;width:100%;height:var(--seen,100dvh);border-radius:0}.panel.open+.launcher{visibility:hidden}}
@media(forced-colors:active){.panel,.preview,.badge{border:2px solid ButtonText}}
@media print{.panel,.previews{display:none}}`;
