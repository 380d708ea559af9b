# How the programs in this folder are built, for `check` and `conform`: `build NAME SOURCE…` makes $built/NAME.
# CXX, CXXFLAGS and CC may be given; WXKF_C is where the library is installed, WXKF_STATIC=1 links libwxkf.a.
installed=${WXKF_C:-$here/../../../target/c}
built=$here/../../../target/c-cpp
mkdir -p "$built"
strict=(-Wall -Wextra -Wpedantic -Werror)
read -ra more <<<"${CXXFLAGS:--O1 -g}"

if [ "${WXKF_STATIC:-}" = 1 ]; then
    read -ra library <<<"$installed/lib/libwxkf.a $(sed -n 's/^Libs.private: //p' "$installed/lib/pkgconfig/wxkf.pc")"
else
    library=(-L"$installed/lib" -lwxkf -Wl,-rpath,"$(realpath "$installed/lib")")
fi

build() {
    local name=$1
    shift
    "${CXX:-c++}" -std="${STD:-c++17}" "${strict[@]}" "${more[@]}" -I"$here" -I"$installed/include" "$@" \
        -o "$built/$name" "${library[@]}" -pthread >&2
}
