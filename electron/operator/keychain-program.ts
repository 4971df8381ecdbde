/**
 * The helper program that speaks with the operating system's keychain, in a process of its own because that may hang
 * for ever. It answers main, and must never write, print or connect to anything else.
 */
import { answerQuestions } from './helper-channel.ts';
import { answerFromKeychain } from './keychain-answers.ts';
import { loadKeytar } from './load-keytar.ts';

answerQuestions((message) => answerFromKeychain(loadKeytar, message));
