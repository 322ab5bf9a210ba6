/// The annotation processor of the settings engine; for the processor path of a compiler.
module dev.quarterdeck.settings.processor {
  requires java.compiler;
  requires dev.quarterdeck.settings;
  requires static org.jspecify;

  provides javax.annotation.processing.Processor with
      dev.quarterdeck.settings.processor.SettingsProcessor;
}
