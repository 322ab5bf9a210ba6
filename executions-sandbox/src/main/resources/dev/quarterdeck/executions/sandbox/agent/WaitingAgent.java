package dev.quarterdeck.ahead;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Warms a Java machine that was started for a program which is still to come: compiles and runs a
 * program of its own, then sleeps until somebody closes the pipe that its argument names. The
 * machine goes on as after any start. It must compile with Java 11.
 */
public final class WaitingAgent {
  private static final String PROGRAM =
      "import java.util.*;\n"
          + "import java.util.function.*;\n"
          + "import java.util.stream.*;\n"
          + "public class Warm {\n"
          + "  interface Shape { double area(); }\n"
          + "  static class Square implements Shape {\n"
          + "    final double side;\n"
          + "    Square(double side) { this.side = side; }\n"
          + "    @Override public double area() { return side * side; }\n"
          + "  }\n"
          + "  enum Colour { RED, GREEN }\n"
          + "  public static void main(String[] args) throws Exception {\n"
          + "    Map<String, List<Integer>> map = new TreeMap<>();\n"
          + "    for (int i = 0; i < 3; i++) {\n"
          + "      map.computeIfAbsent(\"k\" + i % 2, k -> new ArrayList<>()).add(i);\n"
          + "    }\n"
          + "    String text = map.values().stream().flatMap(List::stream)\n"
          + "        .map(i -> \"n\" + i).collect(Collectors.joining(\",\"));\n"
          + "    Supplier<Shape> shapes = () -> new Square(args.length + 2.5);\n"
          + "    switch (Colour.values()[args.length]) {\n"
          + "      case RED: System.out.println(text + ' ' + shapes.get().area()); break;\n"
          + "      default: break;\n"
          + "    }\n"
          + "    System.out.printf(\"%d %s %.2f%n\", 1, text, 2.5);\n"
          + "    try { throw new IllegalStateException(text); }\n"
          + "    catch (RuntimeException e) { System.out.println(e.getMessage()); }\n"
          + "  }\n"
          + "}\n";

  private WaitingAgent() {}

  public static void premain(String gate) throws Exception {
    PrintStream out = System.out;
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try {
      warm(out);
    } catch (Exception | LinkageError cold) {
      // Then it is only slower.
    } finally {
      System.setOut(out);
      Thread.currentThread().setContextClassLoader(context);
    }
    System.gc();
    try (InputStream sleep = new FileInputStream(gate)) {
      while (sleep.read() >= 0) {
        continue;
      }
    }
  }

  private static void warm(PrintStream out) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
    Classes classes = new Classes(standard);
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Warm.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return PROGRAM;
          }
        };
    List<String> options = new ArrayList<>();
    options.add("-proc:none");
    options.add("-Xdiags:verbose");
    options.add("-Xlint:deprecation");
    options.add("-Xlint:unchecked");
    options.add("-Xlint:-options");
    List<JavaFileObject> sources = new ArrayList<>();
    sources.add(source);
    if (!compiler.getTask(null, classes, null, options, null, sources).call()) {
      return;
    }
    standard.close();
    Map<String, byte[]> made = new HashMap<>();
    classes.made.forEach((name, bytes) -> made.put(name, bytes.toByteArray()));
    ClassLoader loader =
        new ClassLoader(ClassLoader.getSystemClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = made.get(name);
            if (bytes == null) {
              throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true));
    Method main = loader.loadClass("Warm").getMethod("main", String[].class);
    main.setAccessible(true);
    main.invoke(null, (Object) new String[0]);
    out.flush();
  }

  private static final class Classes extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> made = new HashMap<>();

    Classes(StandardJavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        javax.tools.FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      made.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }

        @Override
        public InputStream openInputStream() {
          return new ByteArrayInputStream(bytes.toByteArray());
        }
      };
    }
  }
}
