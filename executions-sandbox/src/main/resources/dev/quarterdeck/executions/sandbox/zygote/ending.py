# How a Python program of a zygote ends. Destroying an interpreter after a fork copies some 500 pages;
# so it is left to the kernel where nobody can notice the difference, and Python ends as usual in all
# other cases. Imported by `sitecustomize.py` before the zygote bears anybody.
import _frozen_importlib_external as _external
import atexit
import ctypes
import gc
import os
import sys
import types
from _weakref import ReferenceType as _Reference

_FULLY_LOOKED_AT = 2000
_REFERENCES_AT_BEGINNING = 6
_DYNAMIC = os.path.dirname(os.__file__) + "/lib-dynload/"

_PLAIN = frozenset((
    dict, list, tuple, set, frozenset, type(sys), types.FunctionType, types.CellType,
    types.BuiltinFunctionType, types.MethodType, types.TracebackType, types.FrameType,
    staticmethod, classmethod, property, types.GetSetDescriptorType, types.MemberDescriptorType,
    types.WrapperDescriptorType, types.MethodDescriptorType, types.MappingProxyType,
    int, str, bytes, float, type, _Reference,
))  # fmt: skip
_HARMLESS = {
    ("re", "Pattern"), ("functools", "partial"), ("functools", "_lru_cache_wrapper"),
    ("operator", "itemgetter"), ("operator", "attrgetter"), ("types", "SimpleNamespace"),
    ("collections", "deque"), ("collections", "defaultdict"), ("collections", "OrderedDict"),
    ("_random", "Random"), ("builtins", "builtin_method"), ("_collections", "_tuplegetter"),
    ("_abc", "_abc_data"), ("builtins", "super"), ("builtins", "slice"),
    ("_thread", "RLock"), ("_json", "Scanner"), ("_json", "Encoder"),
}  # fmt: skip


class _Beginning:
    """What is noted when Python makes the loader of `__main__`: after that it only runs the program."""

    def __init__(self):
        self.main = sys.modules["__main__"].__dict__
        self.modules = sys.modules
        self.load = _external.FileLoader.__init__
        self.path = []
        self.sys_version = self.last_module = None

    def expect(self):
        """Is to be called when the process of the program is ready to begin."""
        original = self.load

        def load(loader, name, path):
            if name == "__main__":
                _external.FileLoader.__init__ = original
                if _counts_versions() and sys.getrefcount(path) == _REFERENCES_AT_BEGINNING:
                    self.path.append(path)
                self.last_module = next(reversed(self.modules))
                self.sys_version = _version(sys.__dict__)
            original(loader, name, path)

        _external.FileLoader.__init__ = load


def _version(names):
    """The number that CPython gives to each state of a dict."""
    return ctypes.c_uint64.from_address(id(names) + 24).value


def _counts_versions():
    names = {}
    empty = _version(names)
    names["a"] = 1
    one = _version(names)
    names["a"] = 2
    return _version(names) not in (empty, one) and one != empty


def _functions_codes(objects):
    codes = set()
    found = [each.__code__ for each in objects if type(each) is types.FunctionType]
    while found:
        code = found.pop()
        if code not in codes:
            codes.add(code)
            found += [each for each in code.co_consts if type(each) is types.CodeType]
    return codes


def _came_to_its_end(objects):
    """Whether the program ran to its last line, so that Python's own exit status will be 0.

    After a program that raised anything but SystemExit Python has written `sys.last_type`: the dict
    of `sys` has another version then, whatever the program did about it. While SystemExit ends the
    process, Python still runs the function that holds the program's path, which it gives back
    after any other end. So that nobody else holds it is the proof; who does is counted here."""
    if not _beginning.path or _beginning.sys_version != _version(sys.__dict__):
        return False
    path = _beginning.path[0]
    holders = sum(code.co_filename is path for code in _functions_codes(objects))
    holders += getattr(_beginning.main.get("__loader__"), "path", None) is path
    return sys.getrefcount(path) == holders + 3


def _loaded_only_the_library():
    """Whether all native code that came since the beginning is Python's own, which leaves nothing to
    do for the end of a process."""
    for name in reversed(_beginning.modules):
        if name == _beginning.last_module:
            return True
        spec = getattr(_beginning.modules[name], "__spec__", None)
        own = isinstance(getattr(spec, "loader", None), _external.ExtensionFileLoader)
        if name == "_ctypes" or own and not spec.origin.startswith(_DYNAMIC):
            return False
    return False


def _may_be_noticed(kind):
    """Whether the destruction of an object of this class may do more than give its parts back."""
    for base in kind.__mro__[:-1]:
        own = vars(base)
        if "__del__" in own:
            return True
        written_in_python = "__dict__" in own or "__slots__" in own
        if not written_in_python and base.__base__ is not object:
            # Such a one adds nothing that only C code could free.
            written_in_python = base.__basicsize__ == base.__base__.__basicsize__
        harmless = base in _PLAIN or (base.__module__, base.__qualname__) in _HARMLESS
        if not written_in_python and not harmless:
            return True
    return False


def _ends_quietly():
    """Whether the program ended without an exception and left only objects whose destruction nobody
    can notice."""
    names = _beginning.main
    if "__file__" in names or "__cached__" in names or "__builtins__" not in names:
        return False
    # The end of all threads but daemons was waited for before.
    if len(sys._current_frames()) != 1 or not _loaded_only_the_library():
        return False
    objects = gc.get_objects()
    if len(objects) > _FULLY_LOOKED_AT or not _came_to_its_end(objects):
        return False
    # By class: whether it is a class of classes.
    judged = {}
    for each in objects:
        kind = type(each)
        if kind in _PLAIN and kind is not type and kind is not _Reference:
            continue
        if kind not in judged:
            if _may_be_noticed(kind):
                return False
            judged[kind] = issubclass(kind, type)
        if judged[kind] and "__del__" in vars(each):
            return False
        if kind is _Reference and each.__callback__ is not None:
            return False
    return True


def _leave(exit=os._exit):
    """Runs last of all atexit functions: leaves the destruction to the kernel where that is the same,
    and else to Python, which shall find everything as after any start."""
    try:
        if _ends_quietly():
            sys.stdout.flush()
            sys.stderr.flush()
            exit(0)
    except BaseException:
        pass
    gc.unfreeze()


atexit.register(_leave)
_beginning = _Beginning()
expect = _beginning.expect
