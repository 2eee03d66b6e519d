/** What a JSON text says. @throws an Error that may be logged: the words of JSON.parse quote the text, and with it an address */
export const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('no JSON');
  }
};
