/** What the other server says and shows when it hands a mail to SES. */
export interface Handed {
  /** The envelope's sender; empty for a bounce. */
  from: string;
  /** The envelope's recipient. */
  to: string;
  /** SPF passes for the sender's domain, DKIM for this one, which signed; none: SPF fails and nobody signed. */
  signedBy: string | undefined;
  spam?: boolean;
  virus?: boolean;
}

const verdict = (fails: boolean | undefined): string => (fails ? 'FAIL' : 'PASS');

/** The domain of an address. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** The author's domain as DMARC takes it; in a mail without one there is nothing to compare. */
const authorOf = (raw: string): string =>
  domainOf(/^From:.*?<?([^\s<>,]+@[^\s<>,]+?)>?\s*$/im.exec(raw.split(/\r?\n\r?\n/)[0] ?? '')?.[1] ?? '');

const resultsOf = (raw: string, { from, signedBy }: Handed): string => {
  const author = authorOf(raw);
  const spf = signedBy === undefined ? 'fail' : 'pass';
  // SES writes a result for each signature, and none for no signature
  const dkim = signedBy === undefined ? '' : `\r\n dkim=pass header.i=@${signedBy};`;
  // most domains publish no policy
  return `spf=${spf} (spfCheck: domain of ${domainOf(from)} as SES saw it) client-ip=192.0.2.25; envelope-from=${from}; helo=mail.example;${dkim}\r\n dmarc=none header.from=${author};`;
};

/** What the server that signed put on top of the mail: of the form of a signature, which nobody verifies here. */
const signatureBy = (domain: string | undefined): string => {
  const hash = Buffer.alloc(32).toString('base64');
  const seal = Buffer.alloc(128).toString('base64');
  return domain === undefined
    ? ''
    : `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=local;\r\n h=from:to:subject:date; bh=${hash};\r\n b=${seal.slice(0, 90)}\r\n  ${seal.slice(90)}\r\n`;
};

/** A mail as SES puts it into a bucket: what it found stands above what it was handed. */
export const asReceived = (raw: string, handed: Handed, id: string, at: number): string => {
  const date = new Date(at).toUTCString().replace('GMT', '+0000 (UTC)');
  return (
    `Return-Path: <${handed.from}>\r\n` +
    `Received: from mail.example (mail.example [192.0.2.25])\r\n by inbound-smtp.eu-west-1.amazonaws.com with SMTP id ${id}\r\n for ${handed.to};\r\n ${date}\r\n` +
    `X-SES-Spam-Verdict: ${verdict(handed.spam)}\r\nX-SES-Virus-Verdict: ${verdict(handed.virus)}\r\n` +
    `Authentication-Results: amazonses.com;\r\n ${resultsOf(raw, handed)}\r\n` +
    `X-SES-RECEIPT: local\r\n${signatureBy(handed.signedBy)}${raw}`
  );
};
