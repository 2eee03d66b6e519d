import { type Model, readModel } from './model.ts';
import weights from './weights.generated.json' with { type: 'json' };

let loaded: Model | undefined;

/** The model that is shipped with the code, unpacked once a process. */
export const loadModel = (): Model => {
  loaded ??= readModel(weights);
  return loaded;
};
