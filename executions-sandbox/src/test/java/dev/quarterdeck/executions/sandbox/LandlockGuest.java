package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxReport.Finding;
import java.io.IOException;
import java.nio.file.Path;

/// The program of the ordinary user: level L1.
final class LandlockGuest {
  private LandlockGuest() {}

  static LocalSandboxSettings settings(Path home, String minimum) {
    return LocalSandboxSettings.of(home.resolve("sandbox"), minimum, AbuseSuite.SLOTS)
        .withMemoryBytes(256L << 20);
  }

  public static void main(String[] arguments)
      throws IOException, InterruptedException, SandboxException {
    Path home = Path.of(arguments[1]);
    LocalSandboxSettings settings = settings(home, arguments[2]);
    boolean forced = arguments[3].equals("forced");
    try (LocalSandbox sandbox =
        forced ? LocalSandbox.openWithoutNamespaces(settings) : LocalSandbox.open(settings)) {
      System.out.println("level " + sandbox.report().level());
      for (Finding finding : sandbox.report().findings()) {
        System.out.println("finding " + finding);
      }
      if (sandbox.report().mayRun()) {
        run(arguments[0], sandbox);
      }
    }
    System.out.println("the end");
  }

  private static void run(String what, LocalSandbox sandbox)
      throws IOException, InterruptedException, SandboxException {
    switch (what) {
      case "abuse" -> abuse(sandbox);
      case "contract" -> new LandlockContract(sandbox).tryAll();
      case "daemons" -> daemons(sandbox);
      case "nothing" -> System.out.println("nothing was asked");
      default -> throw new IllegalArgumentException(what);
    }
  }

  /// Runs a program with daemons until this process is killed.
  private static void daemons(LocalSandbox sandbox) throws SandboxException, InterruptedException {
    String source = "for i in 1 2 3; do setsid sleep 600 & done; echo ready; wait";
    Gathered output = new Gathered();
    Sandbox.Run run =
        sandbox.start(SandboxFixture.order("bash", source, HostileProgram.USUAL), output);
    output.awaitStdout(60);
    System.out.println("ready");
    run.await();
  }

  private static void abuse(LocalSandbox sandbox) throws IOException, InterruptedException {
    try (AbuseSuite suite = AbuseSuite.on(sandbox)) {
      AbuseSuite.Summary summary =
          suite.run(
              attempt ->
                  System.out.println(
                      (attempt.failures().isEmpty() ? "held " : "FAILED ")
                          + attempt.family()
                          + ": "
                          + attempt.name()
                          + " | "
                          + attempt.failures()
                          + " "
                          + attempt.detail()
                          + (attempt.open().isEmpty() ? "" : " open: " + attempt.open())));
      System.out.println("summary " + summary);
    }
  }
}
