import java.util.*;
import java.util.function.*;
import java.util.stream.*;

public class Warm {
  interface Shape {
    double area();
  }

  static class Square implements Shape {
    final double side;

    Square(double side) {
      this.side = side;
    }

    @Override
    public double area() {
      return side * side;
    }
  }

  enum Colour {
    RED,
    GREEN
  }

  public static void main(String[] args) {
    Map<String, List<Integer>> map = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      map.computeIfAbsent("k" + i % 2, k -> new ArrayList<>()).add(i);
    }
    String text =
        map.values().stream()
            .flatMap(List::stream)
            .map(i -> "n" + i)
            .collect(Collectors.joining(","));
    Supplier<Shape> shapes = () -> new Square(args.length + 2.5);
    switch (Colour.values()[args.length]) {
      case RED:
        System.out.println(text + ' ' + shapes.get().area());
        break;
      default:
        break;
    }
    System.out.printf("%d %s %.2f%n", 1, text, 2.5);
    try {
      throw new IllegalStateException(text);
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }
}
