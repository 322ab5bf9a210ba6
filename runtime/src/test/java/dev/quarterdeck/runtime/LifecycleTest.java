package dev.quarterdeck.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> log = new ArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle();

  @Test
  void stopsInTheOppositeOrderAndEachPartOnce() throws Exception {
    part("store");
    part("http");
    lifecycle.close();
    lifecycle.close();
    assertThat(log).containsExactly("+store", "+http", "-http", "-store");
  }

  @Test
  void stopsWhatRunsWhenAPartDoesNotStart() throws Exception {
    part("store");
    assertThatThrownBy(
            () ->
                lifecycle.start(
                    "http",
                    () -> {
                      throw new IOException("port in use");
                    },
                    () -> log.add("-http")))
        .isInstanceOf(IOException.class)
        .hasMessage("port in use");
    assertThat(log).containsExactly("+store", "-store");
  }

  @Test
  void stopsEveryPartEvenWhenOneFailsAndNamesIt() throws Exception {
    part("store");
    lifecycle.start(
        "http",
        () -> log.add("+http"),
        () -> {
          throw new IOException("stuck");
        });
    part("timer");
    assertThatThrownBy(lifecycle::close)
        .hasMessage("http did not stop cleanly")
        .hasRootCauseMessage("stuck");
    assertThat(log).containsExactly("+store", "+http", "+timer", "-timer", "-store");
  }

  private void part(String name) throws Exception {
    lifecycle.start(name, () -> log.add("+" + name), () -> log.add("-" + name));
  }
}
