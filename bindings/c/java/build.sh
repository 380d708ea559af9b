# Sourced by `conform` and `check`: where things are, and how they are built.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
here=$root/bindings/c/java
out=$root/target/c-java
prefix=${WXKF_C:-$root/target/c}
. "$root/tests/probe"
jna=$JNA_JAR
export WXKF_LIBRARY=${WXKF_LIBRARY:-$prefix/lib/libwxkf.so}

# Compiles all Java files of folders into another: compile TO FOLDER…
compile() {
    local to=$1
    shift
    mkdir -p "$to"
    find "$@" -name '*.java' -print0 |
        xargs -0 javac -Xlint:all -Werror -encoding UTF-8 --release 17 -cp "$jna:$out/classes" -d "$to"
}

# Runs a class of folders: run CLASSPATH CLASS…
run() { java -Dfile.encoding=UTF-8 -cp "$jna:$out/classes:$1" "${@:2}"; }
