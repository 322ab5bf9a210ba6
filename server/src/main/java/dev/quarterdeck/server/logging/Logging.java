package dev.quarterdeck.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.quarterdeck.server.settings.CoreSettings;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets the log up, by settings alone: no configuration file is looked for.
public final class Logging {
  private static final String TEXT =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %X{request_id:--} %logger{0}: %msg%n";

  private Logging() {}

  /// Before the settings are known, and for commands other than `serve`: warnings only.
  public static void quiet() {
    apply(Level.WARN, null);
  }

  /// As the settings say.
  public static void configure(CoreSettings settings) {
    apply(Level.valueOf(settings.logLevel().name()), settings);
  }

  private static void apply(Level level, @org.jspecify.annotations.Nullable CoreSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Encoder<ILoggingEvent> encoder;
    if (settings != null && settings.logFormat() == CoreSettings.LogFormat.JSON) {
      encoder =
          new JsonLines(
              Map.of(
                  "project", settings.projectName(),
                  "service", settings.serviceName(),
                  "version", settings.serviceVersion()));
    } else {
      PatternLayoutEncoder pattern = new PatternLayoutEncoder();
      pattern.setPattern(TEXT);
      encoder = pattern;
    }
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(appender);
    // A library's own words on its start-up concern nobody unless asked for.
    context
        .getLogger("io.helidon")
        .setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.WARN : level);
    // That it could not start is our own message, with what to do; it would say so in two traces.
    context.getLogger("io.helidon.webserver.LoomServer").setLevel(Level.OFF);
    // Its finest levels hold whole requests, and with them the token.
    context.getLogger("org.apache.hc").setLevel(Level.WARN);
    // It misses an incubating module of Java that the search hardly needs, and that Java itself
    // would announce at each start.
    context
        .getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider")
        .setLevel(Level.ERROR);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
