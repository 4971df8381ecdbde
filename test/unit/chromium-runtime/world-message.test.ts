import { describe, expect, it } from 'vitest';
import { worldMessage } from '../../../electron/chromium-runtime/world-message.ts';

const input = {
  type: 'keyDown',
  key: 'F5',
  code: 'F5',
  isAutoRepeat: false,
  control: false,
  shift: false,
  alt: false,
  meta: false,
};

describe('what the world of a preload tells main', () => {
  it.each([
    { type: 'invoke', id: 1, channel: 'desk:invoke', args: ['desk.state', {}] },
    { type: 'send', channel: 'said', args: [] },
    { type: 'key', input },
    { type: 'visibility', hidden: true },
    { type: 'focused' },
    { type: 'dark', dark: false },
    { type: 'screen', locked: true },
  ])('is read as $type', (message) => {
    expect(worldMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([
    ['no JSON', 'no JSON'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['no type', '{}'],
    ['another type', '{"type":"answer"}'],
    ['the name of a built-in property', '{"type":"constructor"}'],
    ['a call without a number', '{"type":"invoke","channel":"a","args":[]}'],
    ['a call without a channel', '{"type":"invoke","id":1,"args":[]}'],
    ['a message on no text', '{"type":"send","channel":{},"args":[]}'],
    ['arguments that are no list', '{"type":"send","channel":"a","args":{"length":3}}'],
    ['more arguments than a stack holds', `{"type":"send","channel":"a","args":[${'0,'.repeat(100)}0]}`],
    ['a key without an input', '{"type":"key"}'],
    ['a key that is null', '{"type":"key","input":null}'],
    ['a key without a name', JSON.stringify({ type: 'key', input: { ...input, key: 7 } })],
    ['a key without a flag', JSON.stringify({ type: 'key', input: { ...input, control: undefined } })],
    ['no answer to yes or no', '{"type":"visibility","hidden":"yes"}'],
  ])('is dropped when it is %s', (_, payload) => {
    expect(worldMessage(payload)).toBeUndefined();
  });
});
