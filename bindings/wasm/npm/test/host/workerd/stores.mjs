import { durableObjectStore, kvStore, WxkfStoreObject } from "wxkf/host";
import { checkStore } from "../../support/store-contract.mjs";

export { WxkfStoreObject };

export const durableObjects = {
  async test(_, env) {
    await checkStore(durableObjectStore(env.RECORDS));
  },
};

export const kv = {
  async test(_, env) {
    await checkStore(kvStore(env.KV), { isAtomic: false, endsInTime: false });
  },
};
