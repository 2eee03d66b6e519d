import { type Model, readModel } from './model.ts';
import weights from './weights.generated.json' with { type: 'json' };
import words from './words.generated.json' with { type: 'json' };

let loaded: Model | undefined;

/** The model that is shipped with the code, unpacked once a process. */
export const loadModel = (): Model => {
  loaded ??= readModel(weights, words);
  return loaded;
};

/** A model of other weights with the shipped word vectors. Throws a ZodError if the weights are none. */
export const modelOf = (json: unknown): Model => readModel(json, words);
