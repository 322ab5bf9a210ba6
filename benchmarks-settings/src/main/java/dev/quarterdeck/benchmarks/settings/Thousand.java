package dev.quarterdeck.benchmarks.settings;

import dev.quarterdeck.settings.SettingsRoot;
import dev.quarterdeck.settings.Table;

/// A thousand settings in a hundred sections.
@SettingsRoot
public record Thousand(
    @Table("A group of sections.") Group g0,
    @Table("A group of sections.") Group g1,
    @Table("A group of sections.") Group g2,
    @Table("A group of sections.") Group g3,
    @Table("A group of sections.") Group g4,
    @Table("A group of sections.") Group g5,
    @Table("A group of sections.") Group g6,
    @Table("A group of sections.") Group g7,
    @Table("A group of sections.") Group g8,
    @Table("A group of sections.") Group g9) {}
