#!/usr/bin/python3
# Stands in for bubblewrap in the controls: starts it with the defences left out that the file "off" beside this one
# names. While that file is empty it changes nothing.
import os, sys

REAL = "/usr/bin/bwrap"
here = os.path.dirname(os.path.realpath(__file__))
off = set(open(here + "/off").read().split())
words = sys.argv[1:]
if not off or "--args" not in words:
    os.execv(REAL, ["bwrap"] + words)


def read(descriptor):
    return b"".join(iter(lambda: os.read(descriptor, 65536), b""))


def rewrite(descriptor, content):
    """Puts other content behind a descriptor."""
    new = os.memfd_create("changed", 0)
    os.write(new, content)
    os.lseek(new, 0, 0)
    os.dup2(new, descriptor)
    os.close(new)


def find(*sequence):
    for at in range(len(options)):
        if tuple(options[at:at + len(sequence)]) == sequence:
            return at
    raise SystemExit("no " + " ".join(sequence) + " in " + " ".join(options))


def replace(old, new):
    at = find(*old.split())
    options[at:at + len(old.split())] = new.split()


def tmpfs(path, new):
    """Replaces a file system in memory with its size and permissions."""
    at = find("--tmpfs", path)
    options[at - 4:at + 2] = new.split()


arguments = int(words[words.index("--args") + 1])
options = read(arguments).decode().split("\0")[:-1]
stage_descriptor = int(options[find("/box/.stage") - 1])
stage = read(stage_descriptor).decode()
environment = {}

if "SECCOMP" in off:
    at = options.index("--seccomp")
    os.close(int(options[at + 1]))
    del options[at:at + 2]
if "CAPABILITIES" in off:
    replace("--cap-drop ALL", "--cap-add ALL")
if "USER_NAMESPACES" in off:
    if "--disable-userns" in options: replace("--disable-userns", "")
namespaces = {"IPC": "ipc", "PROCESSES": "pid", "NETWORK": "net", "HOST_NAME": "uts", "GROUPS": "cgroup"}
if off & set(namespaces):
    replace("--unshare-all", "--unshare-user " + " ".join("--unshare-" + kind for name, kind in namespaces.items() if name not in off))
if "PROCESSES" in off:
    replace("--as-pid-1", "")
    replace("--proc /proc", "--ro-bind /proc /proc")
    stage = stage.replace("kill -9 -1\n", "")
if "SESSION" in off: replace("--new-session", "")
if "USER_ID" in off:
    replace("--uid 65534", "--uid 0")
    replace("--gid 65534", "--gid 0")
if "ENVIRONMENT" in off:
    replace("--clearenv", "")
    environment["SECRET"] = "of the server"
if "HOST_FILES" in off: options += ["--ro-bind", "/etc", "/etc"]
if "DEVICES" in off: replace("--dev-bind /dev/null /dev/null", "--dev-bind /dev /dev")
if "FRESH_FILES" in off:
    tmpfs("/tmp", "--bind %s/tmp /tmp" % here)
    tmpfs("/dev/shm", "--bind %s/shm /dev/shm" % here)
if "SHARED_MEMORY" in off: tmpfs("/dev/shm", "--perms 1777 --size 1000000000 --tmpfs /dev/shm")
if "READ_ONLY_PROGRAM" in off: replace("--remount-ro /box", "")
if "READ_ONLY_ROOT" in off: options[next(i for i, w in enumerate(options) if w == "--ro-bind" and options[i + 2] == "/")] = "--bind"
if "UNREADABLE_STAGE" in off: options += ["--ro-bind", os.path.realpath("/bin/sh"), "/.stage/sh"]
if "CLOSED_REPORT" in off: stage = stage.replace(" 6>&-", "")
if "EXIT_FROM_JOBS" in off: stage = stage.replace("[ $r -gt 128 ] && jobs >&6\n", "")
if "PROCESS_LIMITS" in off:
    lines = []
    for line in stage.split("\n"):
        opening = "( " if line.startswith("( ") else ""
        rest = line[len(opening):]
        lines.append(opening + (":" if rest.startswith(("ulimit -c", "ulimit -f", "ulimit -t")) else rest))
    stage = "\n".join(lines)
if "CLOSED_DESCRIPTORS" in off: os.dup2(os.open("/etc/passwd", os.O_RDONLY), 20)

rewrite(stage_descriptor, stage.encode())
rewrite(arguments, "".join(option + "\0" for option in options).encode())
os.execve(REAL, ["bwrap"] + words, environment)
