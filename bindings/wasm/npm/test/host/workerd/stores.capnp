using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker), (name = "kv", worker = .kv)],
);

const worker :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "wxkf.wasm", wasm = embed "wxkf.wasm"),
  ],
  durableObjectNamespaces = [(className = "WxkfStoreObject", uniqueKey = "records")],
  durableObjectStorage = (inMemory = void),
  bindings = [
    (name = "RECORDS", durableObjectNamespace = "WxkfStoreObject"),
    (name = "KV", kvNamespace = "kv"),
  ],
);

const kv :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  modules = [(name = "kv.js", esModule = embed "kv.js")],
);
