import type { MetaAlgorithmConfig } from '../../../shared/run-config/schema.ts';
import type { Algorithm } from './algorithm.ts';
import { anil } from './anil.ts';
import { boil } from './boil.ts';
import { fomaml } from './fomaml.ts';
import { fromScratch } from './from-scratch.ts';
import { imaml } from './imaml.ts';
import { maml } from './maml.ts';
import { mamlPlusPlus } from './maml-plus-plus.ts';
import { metaSgd } from './meta-sgd.ts';
import { pretrain } from './pretrain.ts';
import { protoNet } from './proto-net.ts';
import { reptile } from './reptile.ts';

type Kind = MetaAlgorithmConfig['kind'];
type Settings<K extends Kind> = Extract<MetaAlgorithmConfig, { readonly kind: K }>;

const makers: { readonly [K in Kind]: (settings: Settings<K>) => Algorithm } = {
  maml: () => maml,
  fomaml: () => fomaml,
  anil: () => anil,
  boil: () => boil,
  'meta-sgd': metaSgd,
  'proto-net': () => protoNet,
  reptile,
  'maml-plus-plus': mamlPlusPlus,
  imaml,
  'from-scratch': () => fromScratch,
  pretrain,
};

/** The algorithm of a config, with its settings. */
export const createAlgorithm = <K extends Kind>(settings: Settings<K>): Algorithm =>
  (makers[settings.kind] as (own: Settings<K>) => Algorithm)(settings);
