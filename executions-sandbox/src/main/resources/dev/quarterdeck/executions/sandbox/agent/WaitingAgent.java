package dev.quarterdeck.ahead;

import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * Warms a Java machine that was started for a program which is still to come: lets the source
 * launcher compile and run a program of ours, then sleeps until somebody closes the pipe that its
 * argument names. The machine goes on as after any start. It must compile with Java 11.
 */
public final class WaitingAgent {
  private static final String PACKAGE = "com.sun.tools.javac.launcher";
  private static final String SOURCE_PROPERTY = "jdk.launcher.sourcefile";

  private WaitingAgent() {}

  /** Takes the pipe and the program that warms, with a comma between. */
  public static void premain(String argument, Instrumentation machine) throws Exception {
    String[] files = argument.split(",", 2);
    PrintStream out = System.out;
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    String source = System.getProperty(SOURCE_PROPERTY);
    try {
      System.setOut(new PrintStream(OutputStream.nullOutputStream(), true));
      warm(files[1], machine);
    } catch (Exception | LinkageError cold) {
      // Then it is only slower.
    } finally {
      System.setOut(out);
      Thread.currentThread().setContextClassLoader(context);
      if (source == null) {
        System.clearProperty(SOURCE_PROPERTY);
      }
    }
    System.gc();
    try (InputStream sleep = new FileInputStream(files[0])) {
      while (sleep.read() >= 0) {
        continue;
      }
    }
  }

  private static void warm(String program, Instrumentation machine) throws Exception {
    Module compiler = ModuleLayer.boot().findModule("jdk.compiler").orElseThrow();
    Map<String, Set<Module>> opened = Map.of(PACKAGE, Set.of(WaitingAgent.class.getModule()));
    machine.redefineModule(compiler, Set.of(), Map.of(), opened, Set.of(), Map.of());
    Class<?> launcher;
    try {
      launcher = Class.forName(compiler, PACKAGE + ".SourceLauncher");
      if (launcher == null) {
        launcher = Class.forName(compiler, PACKAGE + ".Main");
      }
    } catch (LinkageError other) {
      return;
    }
    Object source = launcher.getConstructor(PrintStream.class).newInstance(System.out);
    Method run = launcher.getMethod("run", String[].class, String[].class);
    run.invoke(source, new String[0], new String[] {program});
  }
}
