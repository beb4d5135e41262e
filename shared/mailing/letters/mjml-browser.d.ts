declare module 'mjml-browser' {
  type Options = { readonly fonts?: object; readonly validationLevel?: 'strict' | 'soft' | 'skip' };
  type Compiled = { readonly html: string; readonly errors: readonly { readonly formattedMessage: string }[] };
  const mjml2html: (source: string, options?: Options) => Promise<Compiled>;
  export default mjml2html;
}
