package dev.quarterdeck.benchmarks;

import java.util.List;

/// A program that prints `hello`, in one language, and how it is run without any sandbox.
///
/// @param language name for us
/// @param pistonName name for servers that speak Piston's API
/// @param fileName of its source
/// @param bare command line in the directory of the source
record HelloWorld(
    String language, String pistonName, String fileName, String source, List<String> bare) {
  static final List<HelloWorld> ALL =
      List.of(
          new HelloWorld(
              "python",
              "python",
              "hello.py",
              "print('hello')\n",
              List.of("/usr/bin/python3", "hello.py")),
          new HelloWorld(
              "node",
              "javascript",
              "hello.js",
              "console.log('hello');\n",
              List.of("/usr/bin/node", "hello.js")),
          new HelloWorld(
              "bash", "bash", "hello.sh", "echo hello\n", List.of("/usr/bin/bash", "hello.sh")),
          new HelloWorld(
              "c",
              "c",
              "hello.c",
              "#include <stdio.h>\nint main(void){puts(\"hello\");}\n",
              List.of("/bin/sh", "-c", "gcc -O1 -o hello.$$ hello.c && ./hello.$$; rm hello.$$")),
          new HelloWorld(
              "java",
              "java",
              "Hello.java",
              "public class Hello {\n  public static void main(String[] a) {\n"
                  + "    System.out.println(\"hello\");\n  }\n}\n",
              List.of("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "Hello.java")));

  static HelloWorld named(String name) {
    return ALL.stream()
        .filter(each -> each.language().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "language: "
                        + name
                        + " (expected: one of "
                        + ALL.stream().map(HelloWorld::language).toList()
                        + ")"));
  }
}
