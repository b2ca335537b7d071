import { describe, expect, it } from 'vitest';
import { distinct, divide, type Mail, textOf } from './mails.ts';

const mail = (label: Mail['label'], number: number): Mail => ({ label, text: `${label} ${number}` });

describe('the mails that both sides learn', () => {
  it('are subject and body, without the lines that tell which collection they are from', () => {
    const raw =
      'From a@b  Thu Aug 22\nReceived: from phobos\n\tby host\nSubject: Re: a  long\n\tone\nTo: c\n\nHi,\n\n<b>you</b>\n';
    expect(textOf(raw)).toBe('Re: a long one Hi, <b>you</b>');
    expect(textOf(raw.replaceAll('\n', '\r\n'))).toBe(textOf(raw));
    expect(textOf('Received: here\n\nSubject: of the body')).toBe('Subject: of the body');
  });

  it('are there once, and say something', () => {
    const same: Mail = { label: 'spam', text: 'ham 1' };
    expect(distinct([mail('ham', 1), same, { label: 'ham', text: '' }])).toEqual([mail('ham', 1)]);
  });

  it('are divided by the seed, each split with the share of spam of all', () => {
    const all = Array.from({ length: 100 }, (_, i) => mail(i % 4 === 0 ? 'spam' : 'ham', i));
    const sizes = { train: 40, dev: 20, test: 20 };
    const divided = divide(all, sizes, 42);
    expect(new Set(divided.map(({ text }) => text)).size).toBe(80);
    for (const split of ['train', 'dev', 'test'] as const) {
      const own = divided.filter((one) => one.split === split);
      expect(own).toHaveLength(sizes[split]);
      expect(own.filter(({ label }) => label === 'spam')).toHaveLength(sizes[split] / 4);
    }
    expect(divide(all, sizes, 42)).toEqual(divided);
    expect(divide(all, sizes, 43)).not.toEqual(divided);
    expect(() => divide(all, { ...sizes, train: 80 }, 42)).toThrow('120 mails are wanted and there are 100.');
  });
});
