# Sourced by `check` and `conform`, in their folder: where the library is, and how Go builds with it.
out=$(realpath -m ../../../target/c-go)
WXKF_C=$(realpath "${WXKF_C:-../../../target/c}")
mkdir -p "$out"
export PKG_CONFIG_PATH="$WXKF_C/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
export CGO_LDFLAGS="-O2 -g -Wl,-rpath,$WXKF_C/lib"
export GOFLAGS=-mod=mod GOTOOLCHAIN=local GOCACHE="$out/cache"
