# Sourced by ./quarterdeck, ./check and .ci/run: what a machine must have, found, installed or named.
# shellcheck shell=sh

say() {
  printf 'quarterdeck: %s\n' "$*" >&2
}

# Sets JAVA_HOME to a JDK 25 or newer, or ends with one sentence that says what to install.
find_jdk() {
  for candidate in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/* \
    "${HOME:-/root}"/.jdks/* "${HOME:-/root}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ -r "$candidate/release" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release")
    if [ "${version:-0}" -ge 25 ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  say "a JDK 25 is needed and none was found: install one (Debian: apt-get install temurin-25-jdk or openjdk-25-jdk) or set JAVA25_HOME to its directory."
  exit 69
}

# need_package COMMAND PACKAGE WHY: installs the Debian package when the command is missing and
# this is root with apt-get; otherwise says the exact command. Returns 1 when it is still missing.
need_package() {
  command -v "$1" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing $2 ($3) ..."
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$2"; } >/dev/null 2>&1; then
      return 0
    fi
    say "apt-get install $2 failed; run it by hand to see why."
    return 1
  fi
  say "$1 is missing ($3): sudo apt-get install $2"
  return 1
}

# Lists one source file that is newer than the given file, if any.
sources_newer_than() {
  find "$home" -name target -prune -o -name .git -prune -o -name docs -prune -o \
    \( -path '*/src/main/*' -o -name pom.xml \) -type f -newer "$1" -print 2>/dev/null | head -n 1
}

# Maven, quiet, under the JDK found; its own warnings about JDK 25 are not the reader's concern.
maven() {
  need_package mvn maven "to build" || exit 69
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
    PATH="$JAVA_HOME/bin:$PATH" mvn -B -ntp -f "$home/pom.xml" "$@"
}

# Builds the server's jars. Two builds at once would spoil each other: the second one waits.
build_server() {
  mkdir -p "$home/server/target"
  (
    if command -v flock >/dev/null 2>&1; then flock 9; fi
    if [ -e "$stamp" ] && [ -z "$(sources_newer_than "$stamp")" ]; then exit 0; fi
    touch "$home/server/target/building"
    rm -rf "$lib"
    if ! maven -q -Dquick -Dmaven.test.skip=true -pl server -am package >"$home/server/target/build.log" 2>&1; then
      tail -n 40 "$home/server/target/build.log" >&2
      say "the build failed; the whole log is in server/target/build.log"
      exit 70
    fi
    mv "$home/server/target/building" "$stamp"
  ) 9>"$home/server/target/build.lock"
}
