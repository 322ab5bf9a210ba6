# Quarterdeck's zygote: a Python interpreter that has started and gives birth to the sandboxes of one
# slot, one after the other, each with namespaces of its own.
#
# It runs inside bubblewrap as an ordinary user without capabilities. Python imports this file at
# its start, before it opens the program (`python3 -B /box/main.py`). Here it waits for orders. The
# process that shall become a Python program returns from this import, and the interpreter goes on
# as it always does: so the program's frames, modules and end are those of any start. Programs of
# other languages are started by the stage shell, which takes the place of the first process.
#
# For each run the zygote makes process 1 of new namespaces (`embryo`), which prepares them and says
# `r`. The order follows: fields with four bytes of length each. The end of that process is told as
# `e`. How the program ended is told by process 1 over a descriptor that the program does not have;
# process 1 is not dumpable, so the program cannot open its descriptors or memory either.
import sys

_known = set(sys.modules)

import ctypes
import gc
import os
import resource
import struct

import ending
import _signal
import _socket

_libc = ctypes.PyDLL(None, use_errno=True)

_CLONE_NAMESPACES = 0x7E020000
_CLONE_NEWCGROUP = 0x02000000
_SIGCHLD = 17
_CLOSED_ON_EXEC = 0x40000000
_NOSUID_NODEV = 2 | 4
_NOEXEC = 8
_BIND = 4096
_READ_ONLY_BIND = 1 | 32 | _BIND | _NOSUID_NODEV
_REMOUNT = 32 | _NOSUID_NODEV
_CAPABILITIES_OF_SELF = struct.pack("<Ii", 0x20080522, 0)
_NO_CAPABILITIES = bytes(24)
_LOOPBACK_UP = ctypes.create_string_buffer(struct.pack("16sh", b"lo", 0x1 | 0x40), 40)


def _call(result, what):
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, what + ": " + os.strerror(error))
    return result


def _put(path, text):
    file = os.open(path, os.O_WRONLY)
    try:
        os.write(file, text)
    finally:
        os.close(file)


def _mount(kind, target, flags, options):
    _call(_libc.mount(kind, target, kind, ctypes.c_ulong(flags), options), "mount " + os.fsdecode(target))


def _size(size, files):
    return b"size=" + size + b",nr_inodes=" + files


class _Zygote:
    def __init__(self):
        self.control = _socket.socket(fileno=3)
        with os.fdopen(9, "rb") as filter_file:
            code = filter_file.read()
        self.filter = ctypes.create_string_buffer(code, len(code))
        self.filter_program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(self.filter))
        start = self._fields(self._receive_exactly(struct.unpack("<I", self._receive_exactly(4))[0]))
        self.clone, self.size, self.files, self.shm = int(start[0]), start[1], start[2], start[3]
        self.moved = start[4] == b"moved"
        self.user, self.group = os.getuid(), os.getgid()

    def _receive_exactly(self, length):
        parts = []
        while length:
            part = self.control.recv(min(length, 1 << 20))
            if not part:
                os._exit(0)
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    @staticmethod
    def _fields(blob):
        fields, at = [], 0
        while at < len(blob):
            (length,) = struct.unpack_from("<I", blob, at)
            fields.append(blob[at + 4 : at + 4 + length])
            at += 4 + length
        return fields

    def practise(self):
        """Looks up and does once what every run needs, so that it is found, and written to memory, here
        and not in each run."""
        for name in ("syscall", "prctl", "mount", "socket", "ioctl", "capset", "fcntl", "unshare"):
            getattr(_libc, name)
        for _ in range(10):
            _rehearse()
            self._fill(os.open("/dev/null", os.O_WRONLY), b"a")
            self._fields(struct.pack("<I", 1) + b"a" + bytes(4))
            self.limit(b"")
            os.times()

    def serve(self):
        """Returns only in a process that is to become a Python program."""
        self.control.send(b"z")
        while True:
            kind, ancillary, _, _ = self.control.recvmsg(1, 40, _CLOSED_ON_EXEC)
            if not kind or not ancillary or len(ancillary[0][2]) != 20:
                # The end, or an order that its sandbox did not live to read: a new zygote begins anew.
                os._exit(0)
            streams = struct.unpack("5i", ancillary[0][2])
            pid = _call(
                _libc.syscall(self.clone, _CLONE_NAMESPACES | _SIGCHLD, 0, 0, 0, 0), "clone"
            )
            if pid == 0:
                try:
                    self.embryo(kind, streams)
                except BaseException as failed:
                    try:
                        os.write(streams[4], ("zygote: %r\n" % failed).encode())
                    finally:
                        os._exit(125)
                return
            for stream in streams:
                os.close(stream)
            os.waitpid(pid, 0)
            self.control.send(b"e")

    def embryo(self, kind, streams):
        if self.moved:
            # Into a control group of its own; its namespace of groups begins there.
            self.control.send(b"c")
            self._receive_exactly(1)
            _call(_libc.unshare(_CLONE_NEWCGROUP), "unshare")
        _put("/proc/self/setgroups", b"deny")
        _put("/proc/self/uid_map", b"%d %d 1" % (self.user, self.user))
        _put("/proc/self/gid_map", b"%d %d 1" % (self.group, self.group))
        try:
            _put("/proc/self/oom_score_adj", b"1000")
        except OSError:
            pass
        os.setsid()
        self.give_up_gaining()
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
        for target in (0, 1, 2):
            os.dup2(streams[target], target)
            os.close(streams[target])
        report, log = streams[3], streams[4]
        child = starter = 0
        self.awaited = kind.isupper()
        if kind in b"pP":
            # Before anything else is done, since a page that both have must be copied for each.
            child, starter = self.bear(report, log)
            if child == 0:
                return
        _libc.prctl(4, 0, 0, 0, 0)
        _libc.prctl(15, b"sh", 0, 0, 0)
        self._raise_loopback()
        _mount(b"tmpfs", b"/tmp", _NOSUID_NODEV, b"mode=1777," + _size(self.size, self.files))
        _mount(b"tmpfs", b"/dev/shm", _NOSUID_NODEV, b"mode=1777," + _size(self.shm, self.files))
        _mount(b"tmpfs", b"/box", _NOSUID_NODEV, b"mode=0755")
        # The program is written through the mount that the read-only one will lie over.
        box = os.open("/box", os.O_RDONLY | os.O_DIRECTORY)
        stage_file = os.open(".stage", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444, dir_fd=box)
        _call(_libc.mount(b"/box", b"/box", None, ctypes.c_ulong(_BIND), None), "mount /box")
        _call(_libc.mount(None, b"/box", None, ctypes.c_ulong(_READ_ONLY_BIND), None), "mount /box")
        _mount(b"proc", b"/proc", _NOSUID_NODEV | _NOEXEC, None)
        os.chdir("/tmp")
        if not self.awaited:
            self.rehearse(box)
        self.control.send(b"r")
        length, ancillary, _, _ = self.control.recvmsg(4, 24)
        length += self._receive_exactly(4 - len(length))
        given = struct.unpack("i", ancillary[0][2])[0] if ancillary else None
        order = self._receive_exactly(struct.unpack("<I", length)[0])
        mode, size, files, build, name, program, stage, environment, rest = self._fields(order)
        if size != self.size or files != self.files:
            _mount(None, b"/tmp", _REMOUNT, _size(size, files))
        if build:
            _mount(b"tmpfs", b"/build", _NOSUID_NODEV, b"mode=1777," + _size(build, files))
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o555, dir_fd=box)
        self._fill(file, program)
        if mode == b"stage":
            self._fill(stage_file, stage)
            self.control.close()
            self.become_stage(child, starter, report, log, given, environment)
        if child:
            self._fill(starter, rest)
        for fd in (stage_file, box, log):
            os.close(fd)
        self.control.close()
        self.confine()
        if not child:
            child = self.start(rest, report)
        self.attend(child, report)

    def rehearse(self, box):
        """Process 1 does once what it will do with the order: the pages that this writes to are its
        own before the order comes."""
        self._fields(struct.pack("<I", 1) + b"a" + bytes(4))
        file = os.open(b"rehearsal", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o555, dir_fd=box)
        self._fill(file, b"a")
        os.unlink(b"rehearsal", dir_fd=box)
        os.times()

    @staticmethod
    def _raise_loopback():
        probe = _call(_libc.socket(_socket.AF_INET, _socket.SOCK_DGRAM, 0), "socket")
        _call(_libc.ioctl(probe, ctypes.c_ulong(0x8914), _LOOPBACK_UP), "loopback")
        os.close(probe)

    @staticmethod
    def _fill(file, content):
        view = memoryview(content)
        while view:
            view = view[os.write(file, view) :]
        os.close(file)

    @staticmethod
    def give_up_gaining():
        """Nothing that is started from here on can gain a capability again."""
        capability = 0
        while _libc.prctl(24, capability, 0, 0, 0) == 0:
            capability += 1
        _call(_libc.prctl(38, 1, 0, 0, 0), "no_new_privs")

    def confine(self):
        """Gives up all capabilities for good and installs the system call filter."""
        _call(_libc.capset(_CAPABILITIES_OF_SELF, _NO_CAPABILITIES), "capset")
        _call(_libc.prctl(22, 2, self.filter_program, 0, 0), "seccomp")

    def become_stage(self, child, starter, report, log, given, environment):
        if child:
            os.close(starter)
            os.kill(child, 9)
            os.waitpid(child, 0)
        try:
            _put("/proc/sys/kernel/ns_last_pid", b"1")
        except OSError:
            pass
        if given is None:
            given = os.open("/dev/null", os.O_RDONLY)
        # To high numbers first, so that none is overwritten before it is moved.
        high = [_call(_libc.fcntl(fd, 0, 64), "fcntl") for fd in (0, 2, report, log, given)]
        for target, fd in zip((4, 5, 6, 2, 0), high):
            os.dup2(fd, target)
        os.closerange(3, 4)
        os.closerange(7, 256)
        for number in (_signal.SIGINT, _signal.SIGPIPE, _signal.SIGXFSZ):
            _signal.signal(number, _signal.SIG_DFL)
        self.confine()
        variables = dict(line.split(b"=", 1) for line in environment.split(b"\0") if line)
        os.execve(b"/.stage/sh", [b"/.stage/sh", b"/box/.stage"], variables)

    def bear(self, *not_for_the_program):
        """Makes the process that becomes the program: in it, returns (0, 0)."""
        begin, starter = os.pipe()
        child = os.fork()
        if child:
            os.close(begin)
            return child, starter
        _libc.prctl(4, 1, 0, 0, 0)
        for fd in (starter, *not_for_the_program):
            os.close(fd)
        self.control.close()
        self.confine()
        self.begin = begin
        return 0, 0

    def await_order(self):
        """Returns in the process that becomes the program when it may begin, as Python; a program in
        another language takes its place. No program ever begins without its limits."""
        try:
            self.begin_as_ordered()
        except BaseException as failed:
            try:
                os.write(2, b"the sandbox could not begin: %a\n" % failed)
            finally:
                os._exit(125)

    def begin_as_ordered(self):
        parts = []
        while part := os.read(self.begin, 65536):
            parts.append(part)
        os.close(self.begin)
        if not parts:
            os._exit(125)
        # Now the file systems are mounted.
        os.chdir("/tmp")
        limits, count, *arguments = b"".join(parts).split(b"\0")
        self.limit(limits)
        if count:
            for number in (_signal.SIGINT, _signal.SIGPIPE, _signal.SIGXFSZ):
                _signal.signal(number, _signal.SIG_DFL)
            words, variables = arguments[: int(count)], arguments[int(count) :]
            try:
                os.execve(words[0], words, dict(each.split(b"=", 1) for each in variables))
            except OSError as failed:
                os.write(2, b"%s: %s\n" % (words[0], failed.strerror.encode()))
                os._exit(127 if failed.errno == 2 else 126)
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        words = [os.fsdecode(argument) for argument in arguments]
        sys.argv[1:] = words
        sys.orig_argv += words

    @staticmethod
    def limit(limits):
        for pair in limits.split():
            which, value = pair.split(b"=")
            resource.setrlimit(int(which), (int(value), int(value)))

    def start(self, order, report):
        """Starts a program that is not Python from process 1, whose limits it inherits: without a copy
        of this process, which would take as long as many a program."""
        limits, count, *arguments = order.split(b"\0")
        self.limit(limits)
        words, variables = arguments[: int(count)], arguments[int(count) :]
        try:
            return os.posix_spawn(
                words[0],
                words,
                dict(each.split(b"=", 1) for each in variables),
                setsigdef=(_signal.SIGINT, _signal.SIGPIPE, _signal.SIGXFSZ),
            )
        except OSError as failed:
            os.write(2, b"%s: %s\n" % (words[0], failed.strerror.encode()))
            self.tell(report, (127 if failed.errno == 2 else 126) << 8)

    def attend(self, child, report):
        """Process 1 while the program runs: waits, ends what is left, reports."""
        # Whoever reads the program's output shall see its end at once.
        os.closerange(0, 3)
        while True:
            pid, status = os.waitpid(-1, 0)
            if pid == child:
                break
        try:
            os.kill(-1, 9)
            while True:
                os.waitpid(-1, 0)
        except OSError:
            pass
        self.tell(report, status)

    @staticmethod
    def tell(report, status):
        signal = status & 0x7F
        if signal:
            text = "run %d\n" % (128 + signal)
        else:
            text = "run %d\n[1] Exit\n" % (status >> 8)
        times = os.times()
        text += "0m0s 0m0s\n0m%.6fs 0m%.6fs\n" % (times[2], times[3])
        if status:
            disk = os.statvfs("/tmp")
            text += "disk %d %d %d\n" % (disk.f_bavail, disk.f_frsize, disk.f_ffree)
        os.write(report, (text + "end\n").encode())
        os._exit(0)


def _rehearse():
    """The process of a program does once what every program does, for the same reason."""
    for which in (resource.RLIMIT_CORE, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
        resource.setrlimit(which, resource.getrlimit(which))
    _signal.signal(_signal.SIGINT, _signal.getsignal(_signal.SIGINT))
    os.fsdecode(b"a=1 b=2\0a".split(b"\0")[0])
    for hook in sys.path_hooks:
        try:
            hook("/dev/null")
        except ImportError:
            continue
    with open("/dev/null", "w") as nothing:
        exec(compile("print('', file=nothing)\n", "/dev/null", "exec"), {"nothing": nothing})


# The host's own sitecustomize.py, if it has one, is found after this one.
_own = os.path.dirname(__file__)
sys.path.remove(_own)
_found = None
for _finder in sys.meta_path:
    _found = _found or _finder.find_spec("sitecustomize", None)
_zygote = _Zygote()
_zygote.practise()
# Nothing of this may show in the process of a program; but all of it stays where it is, since taking
# it apart would write to a hundred pages of every program.
ending.kept = globals(), [sys.modules[_name] for _name in set(sys.modules) - _known]
for _name in set(sys.modules) - _known:
    del sys.modules[_name]
os.environ.pop("PYTHONPATH", None)
sys.path_importer_cache.pop(_own, None)
gc.collect()
gc.freeze()
_zygote.serve()

# From here on this is the process of a program. One that waits already is not made to wait longer.
if not _zygote.awaited:
    _rehearse()
ending.expect()
gc.freeze()
_zygote.await_order()
if _found is not None:
    _found.loader.exec_module(sys.modules["sitecustomize"])
else:
    # What site.py understands as: there is none.
    raise ImportError(name="sitecustomize")
