import { createHash } from 'node:crypto';
import { ACCENT } from '../../digest/press/brand.ts';
import type { Brand } from '../../model/digest.ts';
import { RENAMED } from '../zone.ts';

type Accent = NonNullable<Brand['accent']>;

/**
 * The stylesheet of all pages, served inline: one request a page, no third party. Logical properties turn with `dir`;
 * colours are tokens, so that dark mode is a second list and nothing else. The accent is that of the mails.
 */
const styleOf = ({ light, dark }: Accent): string =>
  `
:root{color-scheme:light dark;--paper:#fbfaf7;--sheet:#fff;--ink:#1d1b18;--soft:#5c574f;--rule:#dcd7cd;--field:#8a8478;--accent:${light};--on-accent:#fff;--tint:color-mix(in srgb,var(--accent) 9%,var(--paper));--good:#1d5c3a;--good-tint:#e9f3ec;--bad:#a3161a;--serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#161513;--sheet:#1f1d1a;--ink:#efebe3;--soft:#b3aca0;--rule:#3a362f;--field:#8d8678;--accent:${dark};--on-accent:#1d1c1a;--good:#8fd3ab;--good-tint:#1b2c22;--bad:#ff9d98}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 var(--sans);overflow-wrap:break-word}
.skip{position:absolute;inset-inline-start:-999rem}
.skip:focus{inset-inline-start:1rem;top:.5rem;background:var(--sheet);padding:.5rem 1rem;z-index:1}
.wrap{max-width:46rem;margin-inline:auto;padding-inline:1.25rem}
.notices{background:var(--ink);color:var(--paper);font-size:.9375rem}
.notices .wrap{display:flex;flex-wrap:wrap;gap:0 1.5rem}
.notices a{color:inherit;padding-block:.5rem}
.masthead{padding-block:1.75rem 0}
.masthead .wrap::after{content:"";display:block;border-block:1px solid var(--ink);height:4px;margin-block-start:.75rem}
.brand{font:700 1.75rem/1.1 var(--serif);letter-spacing:-.01em;color:var(--ink);text-decoration:none;display:inline-block;padding-block:.25rem}
.tagline{color:var(--soft);font:italic 1rem var(--serif);margin-inline-start:.75rem}
main{padding-block:2rem 3rem}
h1{font:700 clamp(2rem,1.4rem + 3vw,3rem)/1.1 var(--serif);letter-spacing:-.02em;margin:0 0 1rem;text-wrap:balance}
[dir=rtl] h1,[dir=rtl] .brand{letter-spacing:0}
[dir=rtl] .tagline{font-style:normal}
h2{font:700 1.5rem/1.2 var(--serif);margin:0 0 .5rem}
p{margin:0 0 1rem;max-width:36rem}
.lead{font-size:1.1875rem;text-wrap:pretty}
.facts{list-style:none;padding:0;margin:0 0 1rem;color:var(--soft)}
.facts+p{margin-block-end:2rem}
.facts li{padding-block:.15rem;padding-inline-start:1.6rem;position:relative}
.facts li::before{content:"\\2713";position:absolute;inset-inline-start:0;color:var(--accent);font-weight:700}
.sheet{display:none}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
form{margin:0}
.group,fieldset{border:0;border-block-start:1px solid var(--rule);margin:0;padding:1.5rem 0;min-width:0}
legend{padding:0;float:inline-start;width:100%;margin-block-end:.5rem;font:700 1.375rem/1.2 var(--serif)}
legend + *{clear:both}
.name{display:block;font-weight:600;margin-block-end:.25rem}
.hint{color:var(--soft);font-size:.9375rem;margin:0 0 .5rem}
.fault{color:var(--bad);font-weight:600;margin:0 0 .5rem}
input[type=email],input[type=text],input[type=date],select,textarea{font:inherit;color:inherit;background:var(--sheet);border:1px solid var(--field);border-radius:6px;padding:.6rem .75rem;width:100%;max-width:28rem;min-height:2.875rem}
[dir=rtl] input[dir=ltr]{text-align:end}
input[type=file]{font:inherit;font-size:.9375rem;color:inherit;display:block;max-width:100%;padding-block:.25rem}
input[type=file]::file-selector-button{font:600 1rem/1.2 var(--sans);color:var(--accent);background:none;border:2px solid var(--accent);border-radius:6px;padding:.65rem 1rem;margin-inline-end:.75rem;cursor:pointer}
select{width:auto;max-width:100%}
textarea{min-height:5.5rem;resize:vertical}
input[type][aria-invalid=true],select[aria-invalid=true],textarea[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.row{display:flex;flex-wrap:wrap;gap:1rem 1.5rem;margin-block-start:1rem}
.row>div{min-width:0;max-width:100%}
.block{margin-block-start:1rem}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(11.5rem,100%),1fr));gap:.25rem .75rem;clear:both}
.grid.wide{grid-template-columns:1fr}
.tick{display:flex;gap:.65rem;align-items:center;padding:.5rem .6rem;margin-inline-start:-.6rem;border-radius:6px;cursor:pointer;min-width:0}
.tick span{min-width:0}
.tick:hover{background:var(--tint)}
.tick:has(:checked){background:var(--tint)}
.tick+details{margin-block-start:.5rem}
.tick input{width:1.25rem;height:1.25rem;margin:0;flex:none;accent-color:var(--accent)}
details{border-block-start:1px solid var(--rule)}
.folds{border-block-end:1px solid var(--rule)}
summary{padding:.75rem 0;cursor:pointer;font-weight:600}
summary small{color:var(--soft);font-weight:400;font-size:.9375rem;margin-inline-start:.5rem}
details>.inside{padding-block-end:1rem}
.folds{margin-block-start:.5rem}
.fold>summary{padding-block:1.1rem}
.fold .title{font:700 1.375rem/1.2 var(--serif)}
.go{display:flex;flex-wrap:wrap;gap:.75rem;padding-block:1.5rem 1.75rem}
button,.button{font:600 1.0625rem/1.2 var(--sans);color:var(--on-accent);background:var(--accent);border:2px solid var(--accent);border-radius:6px;padding:.8rem 1.5rem;cursor:pointer;display:inline-block;text-decoration:none;max-width:100%}
button:hover{filter:brightness(1.12)}
button.quiet{background:none;color:var(--accent)}
button.danger{background:none;color:var(--bad);border-color:var(--bad)}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-block:1rem}
.note,.errors{border-inline-start:4px solid var(--good);background:var(--good-tint);padding:1rem 1.25rem;margin:0 0 1.5rem;border-start-end-radius:6px;border-end-end-radius:6px}
.note p:last-child,.errors ul:last-child{margin-block-end:0}
.errors{border-color:var(--bad);background:var(--tint)}
.note.bad{border-color:var(--bad);background:var(--tint)}
.note a{color:inherit}
.errors h2{font-size:1.25rem}
.errors ul{padding-inline-start:1.25rem;margin:0}
.errors a{color:var(--bad);font-weight:600}
.small{font-size:.9375rem;color:var(--soft)}
.trap{position:absolute;inset-inline-start:-999rem;height:1px;overflow:hidden}
form:has([value=daily]:checked) .weekday,form:has([value=workdays]:checked) .weekday{display:none}
section{border-block-start:1px solid var(--rule);padding-block:1.5rem}
dl{margin:0}dt{font-weight:600}dd{margin:0 0 1rem}
footer{border-block-start:1px solid var(--rule);padding-block:1.25rem 2.5rem;font-size:.9375rem;color:var(--soft)}
footer nav{display:flex;flex-wrap:wrap;gap:0 1.5rem}
footer a,footer span{color:inherit;padding-block:.35rem}footer [aria-current]{font-weight:600}
@media (min-width:48rem){.hero{display:grid;grid-template-columns:1fr 13rem;gap:2.5rem;align-items:start}.sheet{display:block;background:var(--sheet);border:1px solid var(--rule);border-radius:4px;padding:1.25rem;box-shadow:0 10px 30px -18px #000a;rotate:2deg;font-size:.75rem}.sheet b{display:block;font:700 1.125rem var(--serif);border-block-end:3px double var(--ink);padding-block-end:.4rem;margin-block-end:.75rem}.sheet i{display:block;height:.5rem;background:var(--rule);border-radius:2px;margin-block:.45rem}.sheet i.short{width:60%}.sheet u{display:block;color:var(--accent);font-weight:700;text-decoration:none;margin-block-start:.9rem}[dir=rtl] .sheet{rotate:-2deg}}
@media (forced-colors:active){.tick:has(:checked){outline:1px solid}button,.button{forced-color-adjust:none;background:ButtonText;color:ButtonFace;border-color:ButtonText}button.quiet,button.danger{forced-color-adjust:auto;background:ButtonFace}:is(button,.button):focus-visible{outline-color:Highlight}}
@media (prefers-reduced-motion:no-preference){.tick,button{transition:background .12s,filter .12s}}
@media (max-width:30rem){.tagline{display:block;margin:0}.buttons>form,button{width:100%}.grid.topics{grid-template-columns:repeat(auto-fill,minmax(min(9.5rem,100%),1fr));gap:.25rem .75rem;font-size:.9375rem;hyphens:auto}}
`.trim();

/** The only script: the browser knows the zone. Without it the list stands on the operator's default. */
export const SCRIPT = `{const m=${JSON.stringify(RENAMED)},b=Intl.DateTimeFormat().resolvedOptions().timeZone,z=m[b]||b,s=document.querySelector("select[data-prefill]");if(s)for(const o of s.options)if(o.value===z)s.value=z}`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The Content-Security-Policy of all pages: our style and script by hash, forms to ourselves, nothing else (promise 55). */
const policyOf = (style: string): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(SCRIPT)}`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** A sheet of paper in the accent; inline, so that no request is made for it. */
const iconOf = ({ light }: Accent): string =>
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%23${light.slice(1)}'/%3E%3Cpath d='M4 4h8M4 7h8M4 9.5h5M4 12h5' stroke='white' stroke-width='1.4'/%3E%3C/svg%3E`;

/** What pages are dressed in, and the policy that lets it be. */
export interface Look {
  style: string;
  policy: string;
  icon: string;
}

const dress = (accent: Accent): Look => {
  const style = styleOf(accent);
  return { style, policy: policyOf(style), icon: iconOf(accent) };
};

const looks = new WeakMap<Accent, Look>();

/** The look of an operator's pages, made once for each accent. */
export const lookOf = ({ accent = ACCENT }: Pick<Brand, 'accent'>): Look => {
  const look = looks.get(accent) ?? dress(accent);
  looks.set(accent, look);
  return look;
};

/** For a mail as a page: its own inline styles and the publishers' pictures, no scripts, no forms. */
export const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
