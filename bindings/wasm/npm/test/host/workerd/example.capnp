using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # The model of the platform is on this machine.
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "wxkf.wasm", wasm = embed "wxkf.wasm"),
  ],
  durableObjectNamespaces = [(className = "WxkfStoreObject", uniqueKey = "records", enableSql = true)],
  durableObjectStorage = (inMemory = void),
  bindings = [
    (name = "RECORDS", durableObjectNamespace = "WxkfStoreObject"),
    (name = "WXKF_KIND", fromEnvironment = "WXKF_KIND"),
    (name = "WXKF_APP_ID", fromEnvironment = "WXKF_APP_ID"),
    (name = "WXKF_TOKEN", fromEnvironment = "WXKF_TOKEN"),
    (name = "WXKF_ENCODING_AES_KEY", fromEnvironment = "WXKF_ENCODING_AES_KEY"),
    (name = "WXKF_SECRET", fromEnvironment = "WXKF_SECRET"),
    (name = "WXKF_BASE_URL", fromEnvironment = "WXKF_BASE_URL"),
  ],
);
