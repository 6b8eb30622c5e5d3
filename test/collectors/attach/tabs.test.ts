import { expect, test } from 'vitest';
import { chooseTab } from '../../../collectors/attach/tabs.js';

const tab = (id: string, title: string, url: string) => ({ id, title, url, attached: false });
const shop = tab('D36D0000AAAA', 'Shop', 'https://shop.example/');
const tabs = [
  shop,
  tab('37D40000BBBB', 'Object detection', 'https://ml.example/detect'),
  tab('ADB50000CCCC', 'Speech', 'https://ml.example/speech'),
];

test('takes the only tab that there is', () => {
  expect(chooseTab([shop], undefined)).toBe(shop);
});

test.each(['detect', 'OBJECT', '/^Object/', '/\\/detect$/', '/DETECTION/i', '37d40000'])(
  '--tab %s means one of three',
  (wanted) => {
    expect(chooseTab(tabs, wanted).title).toBe('Object detection');
  },
);

test('lists the tabs that fit, where there are several, and says how to choose', () => {
  expect(() => chooseTab(tabs, 'ml.example')).toThrow(
    [
      '2 tabs fit --tab "ml.example":',
      '  1. Object detection  https://ml.example/detect  (id 37D40000)',
      '  2. Speech  https://ml.example/speech  (id ADB50000)',
      'Choose one with --tab',
    ].join('\n'),
  );
  expect(() => chooseTab(tabs, undefined)).toThrow('The browser has 3 tabs open:');
});

test('lists what there is where nothing fits', () => {
  expect(() => chooseTab(tabs, 'mail')).toThrow(/^No tab fits --tab "mail"\. There are:\n {2}1\. Shop/);
  expect(() => chooseTab([], undefined)).toThrow('The browser has no tab open.');
});

test('says what is wrong with a regular expression', () => {
  expect(() => chooseTab(tabs, '/(/')).toThrow('--tab "/(/" is no regular expression');
});

test('what a page calls itself has no effect in the list, and no length', () => {
  const hostile = tab('FFFF0000', 'a\n  2. Bank\u001b[2J\u202e', `data:text/html,${'x'.repeat(1_000_000)}`);
  const message = (() => {
    try {
      return String(chooseTab([hostile, shop], undefined));
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(message.split('\n')).toHaveLength(4);
  expect(message).toContain('a 2. Bank\\x1b[2J\\u202e');
  expect(message.length).toBeLessThan(500);
});

test('names twenty of a hundred tabs', () => {
  const many = Array.from({ length: 100 }, (_, index) => tab(`${index}`, `Tab ${index}`, 'https://a.example/'));
  expect(() => chooseTab(many, undefined)).toThrow('… and 80 more');
});
