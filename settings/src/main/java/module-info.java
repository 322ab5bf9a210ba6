/// The settings engine. Needs nothing but the base module at run time.
module dev.quarterdeck.settings {
  requires static org.jspecify;

  exports dev.quarterdeck.settings;
  exports dev.quarterdeck.settings.dotenv;
  exports dev.quarterdeck.settings.live;
  exports dev.quarterdeck.settings.render;
  exports dev.quarterdeck.settings.schema;
  exports dev.quarterdeck.settings.toml;
  exports dev.quarterdeck.settings.units;
}
