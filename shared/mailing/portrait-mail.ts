import type { Html } from './html.ts';
import { html } from './html.ts';
import type { PortraitInWords, Step } from './portrait-words.ts';
import type { StaffWords } from './staff-words.ts';

const bar = ({ value, height, isNow }: Step): Html =>
  isNow
    ? html`<td align="center"><div class="ink" style="font-weight:700;color:#1b2421">${value}</div><div class="bar-now" style="height:${height}px;background:#14513f"></div></td>`
    : html`<td align="center">${value}<div class="bar" style="height:${height}px;background:#b6c7c0"></div></td>`;

/** Four columns under one title: the numbers say it all, the bars are for the eye. */
const chart = ({ score }: PortraitInWords): Html | undefined =>
  score &&
  html`<div class="muted" style="font-size:13px;color:#55625c">${score.title}</div>
<table role="presentation" width="220" cellpadding="0" cellspacing="4" style="table-layout:fixed">
<tr valign="bottom" class="muted" style="font-size:14px;line-height:20px;color:#55625c">${score.steps.map(bar)}</tr>
<tr valign="top" class="muted" style="font-size:13px;line-height:17px;color:#55625c">${score.steps.map(({ when }) => html`<td align="center">${when}</td>`)}</tr></table>`;

/** A text and what it is about; nothing where there is nothing to say. */
const line = (about: string, text: Html | string | undefined): Html | undefined =>
  text === undefined
    ? undefined
    : html`<div style="padding-top:8px"><span class="muted" style="color:#55625c">${about}:</span> ${text}</div>`;

const mailTo = (address: string): Html =>
  html`<a href="mailto:${encodeURIComponent(address).replaceAll('%40', '@')}" style="color:#14513f">${address}</a>`;

/**
 * One member in a mail to staff. Short, since some mail clients cut off what is longer than 100 KB: sizes and colours
 * stand on what is around wherever they are the same.
 */
export const portraitHtml = (portrait: PortraitInWords, words: StaffWords): Html => html`
<div class="line" style="padding:16px 0 20px;border-top:1px solid #d9e0dc;font-size:15px;line-height:23px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="font-size:15px;line-height:23px"><tr valign="top">
<td class="column">
<div class="ink" style="font-size:18px;line-height:26px;font-weight:700;color:#1b2421">${portrait.name}</div>
<div class="muted" style="color:#55625c">${portrait.place}${portrait.id && html`<br>${portrait.id}`}</div>
${line(words.lastActivity, portrait.lastActivity)}
</td>
<td class="column below" width="220" style="padding:2px 0 0 20px">${chart(portrait)}</td>
</tr></table>
${
  portrait.reasons.length > 0
    ? html`<ul style="margin:10px 0 0;padding:0 0 0 20px">${portrait.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`
    : undefined
}
${
  portrait.nextStep &&
  html`<div class="step" style="margin:12px 0 2px;padding:10px 14px;background:#edf5f1;border-left:3px solid #14513f;border-radius:0 6px 6px 0"><strong>${words.nextStep}:</strong> ${portrait.nextStep}</div>`
}
${line(words.mailTo, portrait.address && mailTo(portrait.address))}
</div>`;

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
    ...(portrait.address ? [`  ${words.mailTo}: ${portrait.address}`] : []),
  ].join('\n');
