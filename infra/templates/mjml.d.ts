/** The part of MJML 5 that we call; the package brings no types. */
declare module 'mjml' {
  export default function mjml2html(
    source: string,
    options: {
      validationLevel: 'strict';
      keepComments: boolean;
      fonts: Record<string, string>;
      minify: boolean;
      minifyOptions: { minifyCss: boolean };
    },
  ): Promise<{ html: string }>;
}
