package dev.quarterdeck.settings;

/// A settings record with rules that involve several of its settings.
///
/// ```java
/// public void check(Rules rules) {
///   rules.require(pageSize <= maxPageSize, "page_size", "at most max_page_size", "max_page_size");
/// }
/// ```
public interface Checked {
  /// Reports broken rules. Called once for each load, whether or not other settings are at fault.
  void check(Rules rules);
}
