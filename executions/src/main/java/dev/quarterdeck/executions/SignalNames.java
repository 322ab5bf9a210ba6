package dev.quarterdeck.executions;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The names of Linux's signals.
public final class SignalNames {
  private SignalNames() {}

  private static final int LAST = 31;

  /// The signals that may be sent to a program, by name, in the order of their numbers.
  public static final List<String> ALLOWED =
      IntStream.rangeClosed(1, LAST)
          .mapToObj(SignalNames::of)
          .filter(name -> name.startsWith("SIG"))
          .toList();

  /// The number of one of the allowed signals.
  public static Optional<Integer> number(String name) {
    return IntStream.rangeClosed(1, LAST)
        .filter(number -> of(number).equals(name) && ALLOWED.contains(name))
        .boxed()
        .findFirst();
  }

  /// The name of a signal: `SIGSEGV`.
  public static String of(int number) {
    return switch (number) {
      case 1 -> "SIGHUP";
      case 2 -> "SIGINT";
      case 3 -> "SIGQUIT";
      case 4 -> "SIGILL";
      case 5 -> "SIGTRAP";
      case 6 -> "SIGABRT";
      case 7 -> "SIGBUS";
      case 8 -> "SIGFPE";
      case 9 -> "SIGKILL";
      case 10 -> "SIGUSR1";
      case 11 -> "SIGSEGV";
      case 12 -> "SIGUSR2";
      case 13 -> "SIGPIPE";
      case 14 -> "SIGALRM";
      case 15 -> "SIGTERM";
      case 16 -> "SIGSTKFLT";
      case 17 -> "SIGCHLD";
      case 18 -> "SIGCONT";
      case 19 -> "SIGSTOP";
      case 20 -> "SIGTSTP";
      case 21 -> "SIGTTIN";
      case 22 -> "SIGTTOU";
      case 23 -> "SIGURG";
      case 24 -> "SIGXCPU";
      case 25 -> "SIGXFSZ";
      case 26 -> "SIGVTALRM";
      case 27 -> "SIGPROF";
      case 28 -> "SIGWINCH";
      case 29 -> "SIGIO";
      case 30 -> "SIGPWR";
      case 31 -> "SIGSYS";
      default -> "signal " + number;
    };
  }
}
