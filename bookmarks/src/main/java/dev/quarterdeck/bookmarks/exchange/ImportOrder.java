package dev.quarterdeck.bookmarks.exchange;

/// What an import job was asked for.
///
/// @param file name of the uploaded file in the directory of uploads
/// @param bytes length of the file
public record ImportOrder(String file, long bytes, ImportOptions options) {}
