import { LINK_PATHS } from '../mail-links.ts';

/** What somebody, or something, did with a mail, at an instant in epoch ms. `link` stands for the link that was followed. */
export type Act =
  | { readonly kind: 'open'; readonly at: number }
  | { readonly kind: 'click'; readonly at: number; readonly link: string };

/** A text for an act: the same for a report of it that comes again. */
export const actKey = (act: Act): string => (act.kind === 'open' ? `open#${act.at}` : `click#${act.at}#${act.link}`);

/** The act that a text stands for; undefined where it stands for none. */
export const actIn = (key: string): Act | undefined => {
  const [kind, instant, link] = key.split('#');
  const at = Number(instant);
  if (kind === 'open' && link === undefined) return { kind, at };
  return kind === 'click' && link !== undefined ? { kind, at, link } : undefined;
};

const LONGEST = 500;

/** An address without what may say of whom it is: what stands after the path. Undefined where it is none. */
export const bareLink = (link: string): string | undefined => {
  if (!URL.canParse(link)) return undefined;
  const { protocol, origin, pathname } = new URL(link);
  return protocol === 'https:' || protocol === 'http:' ? `${origin}${pathname}`.slice(0, LONGEST) : undefined;
};

/** Whether a link is a way out of the mails, or to what somebody chose: there nobody is followed. */
export const isWayOut = (link: string): boolean =>
  URL.canParse(link) && Object.values(LINK_PATHS).some((path) => new URL(link).pathname.startsWith(`${path}/`));
