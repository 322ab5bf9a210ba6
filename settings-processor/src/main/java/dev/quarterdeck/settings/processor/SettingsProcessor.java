package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.SettingsRoot;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/// Generates the binder of every record marked with [SettingsRoot], and checks its settings.
public final class SettingsProcessor extends AbstractProcessor {
  /// For javac.
  public SettingsProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(SettingsRoot.class.getName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element element : round.getElementsAnnotatedWith(SettingsRoot.class)) {
      Reports reports = new Reports(processingEnv, element);
      if (element.getKind() != ElementKind.RECORD || !(element instanceof TypeElement record)) {
        reports.error(element, "only a record can be the root of settings");
        continue;
      }
      RootModel root = new ModelReader(processingEnv, reports).read(record);
      ModelChecks.check(root, reports);
      if (!reports.failed()) {
        write(root, reports);
      }
    }
    return false;
  }

  private void write(RootModel root, Reports reports) {
    TypeElement element = root.record().element();
    String name = BinderWriter.binderName(element);
    String packageName = processingEnv.getElementUtils().getPackageOf(element).toString();
    String qualified = packageName.isEmpty() ? name : packageName + "." + name;
    try (Writer out = processingEnv.getFiler().createSourceFile(qualified, element).openWriter()) {
      out.write(new BinderWriter(packageName, name, root).write());
    } catch (IOException e) {
      reports.error(element, "cannot write " + qualified + ": " + e.getMessage());
    }
  }
}
