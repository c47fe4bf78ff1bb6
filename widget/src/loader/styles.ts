/**
 * The launcher's styles, inside the shadow root. `:host` is marked important because the page's own rules for
 * a plain element would win otherwise. The `z-index` is near the highest a browser allows.
 */
export function launcherStyles(accent: string, ink: string): string {
  return `:host{all:initial!important}
*{box-sizing:border-box;margin:0}
[dir]{--edge:20px}
button{all:unset;box-sizing:border-box;cursor:pointer}
button:focus-visible{outline:2px solid ${accent};outline-offset:2px}
.launcher{position:fixed;z-index:2147483001;inset-inline-end:calc(var(--edge) + env(safe-area-inset-right));inset-block-end:calc(var(--edge) + env(safe-area-inset-bottom));width:56px;height:56px;border-radius:50%;background:${accent};color:${ink};box-shadow:0 1px 6px rgb(0 0 0/.08),0 4px 24px rgb(0 0 0/.18);transition:transform .25s cubic-bezier(.33,0,0,1)}
.launcher:hover{transform:scale(1.06)}
.launcher:active{transform:scale(.92)}
svg{position:absolute;inset:16px;width:24px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round;transition:.1s}
[aria-expanded=false] svg+svg{opacity:0;transform:rotate(-60deg)}
[aria-expanded=true] svg:first-child{opacity:0;transform:rotate(60deg)}
[aria-busy]{opacity:.7;animation:1s infinite alternate p}
@keyframes p{to{opacity:1}}
.badge:empty{display:none}
@media(max-width:480px){[dir]{--edge:16px}}
@media(forced-colors:active){.launcher{border:2px solid ButtonText}}
@media(prefers-reduced-motion){*{transform:none!important;transition:none!important;animation:none!important}}
@media print{.launcher{display:none}}`;
}
