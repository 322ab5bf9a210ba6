package dev.quarterdeck.settings.spring;

import dev.quarterdeck.settings.SettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Reports settings that did not load as they report themselves, in place of a stack trace.
public final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {
  /// For Spring.
  public SettingsFailureAnalyzer() {}

  @Override
  protected FailureAnalysis analyze(Throwable root, SettingsException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()), "Correct the settings named above.", cause);
  }
}
