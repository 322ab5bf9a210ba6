import platform

print("hello from", platform.node())
