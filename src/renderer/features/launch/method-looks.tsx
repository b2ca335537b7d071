import type { ReactNode } from 'react';
import { algorithmFacts } from '../../../shared/run-config/algorithm-facts.ts';

/** How a method is shown; one that is not here gets its name and a plain drawing. */
export interface MethodLook {
  readonly sub: string;
  readonly source: string;
  readonly text: string;
  readonly drawing: ReactNode;
}

const leaves = (
  <>
    <circle className="a f" cx="34" cy="5.5" r="1.7" />
    <circle className="a f" cx="36" cy="17.3" r="1.7" />
    <circle className="a f" cx="29.5" cy="26" r="1.7" />
  </>
);

/** Layers that move a little, and a head that is new. */
const fineTuning = (
  <>
    <rect x="6" y="20" width="24" height="6" rx="1.5" />
    <rect x="6" y="11.5" width="24" height="6" rx="1.5" />
    <rect className="a f" x="6" y="4" width="24" height="5" rx="1.5" />
    <path className="a" d="M37 26V7M33.5 11 37 6.5 40.5 11" />
  </>
);

export const methodLooks: Readonly<Record<string, MethodLook>> = {
  maml: {
    sub: 'second order',
    source: 'Finn, Abbeel, Levine 2017',
    text: 'Learns an initialisation from which a few gradient steps suffice; differentiates through those steps.',
    drawing: (
      <>
        <path d="M6 26C14 25 19 20 22 14" />
        <circle className="o" cx="22" cy="14" r="2.6" />
        <path className="a" d="M22 14 33 6M22 14l13 3M22 14l7 11" />
        {leaves}
      </>
    ),
  },
  fomaml: {
    sub: 'first order',
    source: 'Finn, Abbeel, Levine 2017, section 5.2',
    text: 'As MAML, but takes the gradient at the adapted weights as it is: cheaper, often nearly as good.',
    drawing: (
      <>
        <path d="M6 26 22 14" />
        <circle className="o" cx="22" cy="14" r="2.6" />
        <path className="a" strokeDasharray="2.5 2" d="M22 14 33 6M22 14l13 3M22 14l7 11" />
        {leaves}
      </>
    ),
  },
  anil: {
    sub: 'adapts the head',
    source: 'Raghu, Raghu, Bengio, Vinyals 2020',
    text: 'Inner steps change only the last layer; the body is learned in the outer loop alone.',
    drawing: (
      <>
        <rect x="8" y="21" width="28" height="5" rx="1.5" />
        <rect x="8" y="14" width="28" height="5" rx="1.5" />
        <rect className="a f" x="8" y="5" width="28" height="6.5" rx="1.5" />
      </>
    ),
  },
  boil: {
    sub: 'adapts the body',
    source: 'Oh, Yoo, Kim, Yun 2021',
    text: 'Inner steps change everything but the last layer, so that the features themselves adapt.',
    drawing: (
      <>
        <rect className="a f" x="8" y="20" width="28" height="6.5" rx="1.5" />
        <rect className="a f" x="8" y="11.5" width="28" height="6.5" rx="1.5" />
        <rect x="8" y="5" width="28" height="5" rx="1.5" />
      </>
    ),
  },
  'meta-sgd': {
    sub: 'learns the rates',
    source: 'Li, Zhou, Chen, Li 2017',
    text: 'Learns a rate for every weight besides the initialisation: direction and length of the inner step.',
    drawing: (
      <>
        <path className="a" d="M22 16 37 12M22 16l5-12M22 16 9 7M22 16 4 21M22 16l8 10" />
        <circle className="o" cx="22" cy="16" r="2.6" />
      </>
    ),
  },
  reptile: {
    sub: 'moves to the task',
    source: 'Nichol, Achiam, Schulman 2018',
    text: 'Moves the initialisation towards the weights that each task ends at; needs no query set in training.',
    drawing: (
      <>
        <path d="M4 25 12 15 17 19 25 9 30 13 39 6" />
        <path className="a" d="M4 25 39 6" strokeDasharray="2.5 2" />
        <circle className="o" cx="4.5" cy="25" r="2.2" />
        <circle className="a f" cx="39" cy="6" r="1.9" />
      </>
    ),
  },
  'proto-net': {
    sub: 'class means',
    source: 'Snell, Swersky, Zemel 2017',
    text: 'Learns an embedding in which a query belongs to the class whose mean is nearest; no inner steps.',
    drawing: (
      <>
        <circle cx="8" cy="9" r="1.5" />
        <circle cx="14" cy="5" r="1.5" />
        <circle cx="15" cy="12" r="1.5" />
        <circle className="a f" cx="12" cy="8.8" r="2.3" />
        <circle cx="30" cy="25" r="1.5" />
        <circle cx="37" cy="20" r="1.5" />
        <circle cx="36" cy="27" r="1.5" />
        <circle className="a f" cx="34" cy="23.5" r="2.3" />
        <path className="a" strokeDasharray="2 2" d="M24 15 14 9.8" />
        <rect className="o" x="22.5" y="13.5" width="4" height="4" rx=".8" />
      </>
    ),
  },
  'maml-plus-plus': {
    sub: 'steadier MAML',
    source: 'Antoniou, Edwards, Storkey 2019',
    text: 'MAML with a loss after every inner step, learned rates per layer and step, and annealing: steadier training.',
    drawing: (
      <>
        <path d="M4 27C10 26 14 22 17 17" />
        <circle className="o" cx="17" cy="17" r="2.6" />
        <path className="a" d="M17 17 24 12 31 8 38 5.5" />
        <circle className="a f" cx="24" cy="12" r="1.7" />
        <circle className="a f" cx="31" cy="8" r="1.7" />
        <circle className="a f" cx="38" cy="5.5" r="1.7" />
      </>
    ),
  },
  imaml: {
    sub: 'implicit gradient',
    source: 'Rajeswaran, Finn, Kakade, Levine 2019',
    text: 'Solves a regularised inner problem and differentiates its solution, not the way to it.',
    drawing: (
      <>
        <path d="M6 26C14 25 19 20 22 14" />
        <circle className="o" cx="22" cy="14" r="2.6" />
        <circle className="a" cx="33" cy="8" r="6" strokeDasharray="2.5 2" />
        <circle className="a f" cx="33" cy="8" r="1.9" />
      </>
    ),
  },
  pretrain: {
    sub: 'a new head per task',
    source: 'Chen, Liu, Kira, Wang, Huang 2019',
    text: 'One classifier of all training classes; each task then trains a new head on its features. The honest rival.',
    drawing: (
      <>
        <rect x="7" y="7" width="19" height="18" rx="2.5" />
        <path d="M11 12h11M11 16h11M11 20h7" />
        <path className="a" d="M26 16h5" />
        <rect className="a f" x="31" y="11" width="7" height="10" rx="1.8" />
      </>
    ),
  },
  'from-scratch': {
    sub: 'no meta-learning',
    source: 'Baseline',
    text: 'A random network trained on each support set alone: the zero line. One iteration and many test steps are enough.',
    drawing: (
      <>
        <circle className="o" cx="8" cy="24" r="2.6" />
        <path className="a" d="M8 24 17 19 21 23 29 13 35 15" strokeDasharray="2.5 2" />
        <circle className="a f" cx="35" cy="15" r="1.9" />
      </>
    ),
  },
  'fine-tune': {
    sub: 'encoder and head',
    source: 'Devlin, Chang, Lee, Toutanova 2019',
    text: 'Goes on training a text encoder, with a new head, on labelled texts; a small encoder can start from nothing.',
    drawing: fineTuning,
  },
  'fine-tune-network': {
    sub: 'network and head',
    source: 'Yosinski, Clune, Bengio, Lipson 2014',
    text: 'Trains a network on labelled images, rows or sounds, from random weights or from what another run learned: one field says which.',
    drawing: fineTuning,
  },
};

/** What is said of a method that has no look of its own. */
export function orderWords(kind: string): string {
  const facts = Object.entries(algorithmFacts).find(([key]) => key === kind)?.[1];
  return !facts || facts.order === 'none' ? '' : `${facts.order} order`;
}
