# Stands before every hostile program in Python. argv[1]: a file of the server; argv[2]: a port of the host's loopback.
import ctypes, os, signal, socket, sys, time
libc = ctypes.CDLL(None, use_errno=True)
# Who started it; process 1 when that cannot be seen from here.
parent = os.getppid() or 1
libc.syscall.restype = ctypes.c_long
def call(x86, arm, *arguments):
    number = arm if os.uname().machine == "aarch64" else x86
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result == -1: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
def attempt(name, f, *arguments):
    try: result = f(*arguments)
    except OSError as refused: print("contained", name, refused.errno)
    else: print("ESCAPED", name, result)
def verify(name, holds, seen=""):
    print("contained" if holds else "ESCAPED", name, seen)
def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
def let_go():
    null = os.open("/dev/null", os.O_RDWR)
    for descriptor in (0, 1, 2): os.dup2(null, descriptor)
# Whether something is there to be had: where namespaces hide it, that it can be seen.
look = os.stat
