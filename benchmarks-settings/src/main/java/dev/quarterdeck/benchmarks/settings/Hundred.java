package dev.quarterdeck.benchmarks.settings;

import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;

/// A hundred settings in ten sections.
@SettingsRoot
public record Hundred(
    @Table("A section.") Section s0,
    @Table("A section.") Section s1,
    @Table("A section.") Section s2,
    @Table("A section.") Section s3,
    @Table("A section.") Section s4,
    @Table("A section.") Section s5,
    @Table("A section.") Section s6,
    @Table("A section.") Section s7,
    @Table("A section.") Section s8,
    @Table("A section.") Section s9) {}
