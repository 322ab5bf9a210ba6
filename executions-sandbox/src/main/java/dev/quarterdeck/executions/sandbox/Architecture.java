package dev.quarterdeck.executions.sandbox;

import java.util.Locale;
import java.util.Optional;

/// An instruction set that the system call filter and the self-test program can be compiled for.
enum Architecture {
  /// Numbers of `asm/unistd_64.h`; `AUDIT_ARCH_X86_64`.
  X86_64(0xC000003E, 62),
  /// Numbers of `asm-generic/unistd.h`; `AUDIT_ARCH_AARCH64`.
  AARCH64(0xC00000B7, 183);

  /// What `seccomp_data.arch` holds.
  final int audit;

  /// `e_machine` of an ELF file.
  final int elfMachine;

  Architecture(int audit, int elfMachine) {
    this.audit = audit;
    this.elfMachine = elfMachine;
  }

  /// The machine's own, if the sandbox knows it.
  static Optional<Architecture> host() {
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64", "arm64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }
}
