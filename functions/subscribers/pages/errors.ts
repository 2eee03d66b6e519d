import { type Frame, type Html, textPage } from './layout.ts';

/** Pages for what went wrong, by status. */
export const errorPage = (frame: Frame, status: number): Html => {
  const { errors } = frame.words;
  switch (status) {
    case 403:
      return textPage(frame, errors.foreignTitle, [errors.foreign]);
    case 404:
      return textPage(frame, errors.notFoundTitle, [errors.notFound]);
    case 405:
      return textPage(frame, errors.methodTitle, [errors.method]);
    case 413:
      return textPage(frame, errors.largeTitle, [errors.large]);
    case 400:
    case 415:
      return textPage(frame, errors.typeTitle, [errors.type]);
    case 429:
      return textPage(frame, errors.slowTitle, [errors.slow]);
    default:
      return textPage(frame, errors.brokenTitle, [errors.broken]);
  }
};
