/// The sample on the module path; on the class path this file is left out.
module org.example.sample {
  requires dev.quarterdeck.settings;
}
