import type { Html } from './html.ts';
import { html } from './html.ts';
import type { PortraitInWords, Step } from './portrait-words.ts';
import type { StaffWords } from './staff-words.ts';

const bar = ({ value, height, isNow }: Step): Html => html`
<td valign="bottom" align="center" width="25%" style="padding:0 3px">
<div class="${isNow ? 'ink' : 'muted'}" style="font-size:14px;line-height:20px;font-weight:${isNow ? 700 : 400};color:${isNow ? '#1b2421' : '#55625c'}">${value}</div>
<div class="${isNow ? 'bar-now' : 'bar'}" style="height:${height}px;line-height:1px;font-size:1px;background:${isNow ? '#14513f' : '#b6c7c0'};border-radius:2px 2px 0 0">&nbsp;</div>
</td>`;

const when = (step: Step): Html => html`
<td valign="top" align="center" class="muted line" style="padding:4px 3px 0;border-top:1px solid #d9e0dc;font-size:11px;line-height:15px;color:#55625c">${step.when}</td>`;

const chart = ({ score }: PortraitInWords): Html | undefined =>
  score &&
  html`<div class="muted" style="font-size:13px;line-height:18px;padding-bottom:6px;color:#55625c">${score.title}</div>
<table role="presentation" class="chart" width="220" cellpadding="0" cellspacing="0" border="0" style="width:220px;table-layout:fixed"><tr>${score.steps.map(bar)}</tr><tr>${score.steps.map(when)}</tr></table>`;

const label = (text: string): Html => html`<span class="muted" style="color:#55625c">${text}:</span>`;

/** One member in a mail to staff. */
export const portraitHtml = (portrait: PortraitInWords, words: StaffWords): Html => html`
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="line" style="border-top:1px solid #d9e0dc"><tr>
<td class="column" valign="top" style="padding:18px 0 0;font-size:15px;line-height:23px">
<div class="ink" style="font-size:18px;line-height:26px;font-weight:700;color:#1b2421">${portrait.name}</div>
<div class="muted" style="font-size:14px;line-height:21px;color:#55625c">${portrait.place}${portrait.id && html`<br>${portrait.id}`}</div>
${portrait.lastActivity && html`<div style="padding-top:8px">${label(words.lastActivity)} ${portrait.lastActivity}</div>`}
</td>
<td class="column below" valign="top" width="220" style="width:220px;padding:18px 0 0 20px">${chart(portrait)}</td>
</tr></table>
${
  portrait.reasons.length > 0
    ? html`<ul style="margin:10px 0 0;padding:0 0 0 20px;font-size:15px;line-height:23px">${portrait.reasons.map((reason) => html`<li style="margin:0 0 2px">${reason}</li>`)}</ul>`
    : undefined
}
${
  portrait.nextStep &&
  html`<div class="step" style="margin:12px 0 0;padding:10px 14px;background:#edf5f1;border-left:3px solid #14513f;border-radius:0 6px 6px 0;font-size:15px;line-height:23px;color:#1b2421"><strong>${words.nextStep}:</strong> ${portrait.nextStep}</div>`
}
${
  portrait.address &&
  html`<div style="padding:10px 0 0;font-size:15px;line-height:23px"><a href="mailto:${encodeURIComponent(portrait.address).replaceAll('%40', '@')}" style="color:#14513f">${words.mailTo} ${portrait.address}</a></div>`
}
<div style="height:20px;line-height:20px;font-size:1px">&nbsp;</div>`;

/** The same for those who read plain text. */
export const portraitText = (portrait: PortraitInWords, words: StaffWords): string =>
  [
    portrait.name,
    `  ${portrait.place}${portrait.id ? ` · ${portrait.id}` : ''}`,
    ...(portrait.score
      ? [
          `  ${portrait.score.title}: ${portrait.score.steps.map(({ when, value }) => `${value} (${when})`).join(' → ')}`,
        ]
      : []),
    ...(portrait.lastActivity ? [`  ${words.lastActivity}: ${portrait.lastActivity}`] : []),
    ...portrait.reasons.map((reason) => `  - ${reason}`),
    ...(portrait.nextStep ? [`  ${words.nextStep}: ${portrait.nextStep}`] : []),
    ...(portrait.address ? [`  ${words.mailTo} ${portrait.address}`] : []),
  ].join('\n');
