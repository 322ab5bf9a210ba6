package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.sandbox.LanguageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/// `quarterdeck languages`: what can run here, in which versions, and what is missing.
@Command(
    name = "languages",
    description = "Lists the languages that can run here, and what the others lack.")
final class LanguagesCommand implements Callable<Integer> {
  @ParentCommand private @Nullable QuarterdeckCommand parent;

  @Option(names = "--json", description = "One JSON array instead of text.")
  private boolean json;

  @Option(
      names = "--docs",
      description = "The reference of all languages as Markdown, whatever this host has.")
  private boolean docs;

  @Override
  public Integer call() throws Exception {
    QuarterdeckCommand command = Objects.requireNonNull(parent);
    Terminal terminal = command.terminal();
    if (docs) {
      terminal.out().print(LanguageReference.markdown());
      return 0;
    }
    try (LocalExecution local = LocalExecution.open(command.load().value())) {
      List<Language> languages = local.sandbox().languages();
      if (json) {
        List<Map<String, Object>> objects =
            languages.stream().map(LanguagesCommand::object).toList();
        terminal.out().println(JsonMapper.shared().writeValueAsString(objects));
        return 0;
      }
      for (Language language : languages) {
        terminal
            .out()
            .printf(
                "%-13s %-8s %s%n",
                language.name(),
                String.join(", ", language.versions()),
                language.active()
                    ? terminal.dim(String.join(", ", language.aliases()))
                    : terminal.dim(language.inactiveReason()));
      }
    }
    return 0;
  }

  private static Map<String, Object> object(Language language) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", language.name());
    object.put("active", language.active());
    object.put("versions", language.versions());
    object.put("aliases", language.aliases());
    object.put("extension", language.fileExtension());
    object.put("memory_floor_bytes", language.memoryFloor());
    object.put("process_floor", language.processFloor());
    object.put("inactive_reason", language.active() ? null : language.inactiveReason());
    return object;
  }
}
