package dev.quarterdeck.server.blackbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Where in the life of an execution the server is killed. Each brings one execution to its point
/// and then leaves a random moment, so that the kill falls before, into or after the commit there.
enum KillPoint {
  /// Whatever the server does just then.
  ANYWHERE {
    @Override
    void reach(Client admin, RandomGenerator random) {
      pause(random, 800_000_000);
    }
  },
  /// A request is sent; its acknowledgement is not awaited.
  ACCEPT {
    @Override
    void reach(Client admin, RandomGenerator random) throws IOException {
      String body = "{\"script\": \"echo accept\", \"lang\": \"bash\"}";
      URI address = admin.address();
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        socket
            .getOutputStream()
            .write(
                """
                POST /api/v1/execute HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s\
                """
                    .formatted(address.getAuthority(), admin.token(), body.length(), body)
                    .getBytes(StandardCharsets.US_ASCII));
        pause(random, 20_000_000);
      }
    }
  },
  /// A worker is about to claim an execution, or has.
  CLAIM {
    @Override
    void reach(Client admin, RandomGenerator random) {
      first(admin, "sleep 0.2");
      pause(random, 100_000_000);
    }
  },
  /// A program has written its only line, and ends.
  FINISH {
    @Override
    void reach(Client admin, RandomGenerator random) {
      try (EventStream stream = admin.stream(first(admin, "echo finish"))) {
        stream.until("output");
        pause(random, 40_000_000);
      }
    }
  };

  abstract void reach(Client admin, RandomGenerator random) throws IOException;

  private static void pause(RandomGenerator random, long atMostNanos) {
    LockSupport.parkNanos(random.nextLong(atMostNanos));
  }

  /// Submits a program that goes before all others.
  private static String first(Client admin, String script) {
    return admin
        .post("/api/v1/execute", Map.of("lang", "bash", "script", script, "priority", "critical"))
        .expect(200)
        .at("execution_id");
  }
}
