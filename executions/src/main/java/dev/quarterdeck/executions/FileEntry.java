package dev.quarterdeck.executions;

/// A file that an execution handed back; its content is stored beside the execution.
///
/// @param size in bytes
public record FileEntry(String name, long size) {}
