package dev.quarterdeck.benchmarks.settings;

import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;

/// Ten settings in one section.
@SettingsRoot
public record Ten(@Table("A section.") Section s0) {}
