package dev.quarterdeck.store;

/// An event as it enters the outbox.
///
/// @param id unique for ever; a handler may see the same id more than once
/// @param topic one per kind of aggregate
/// @param key id of the aggregate; events of one key keep their order
/// @param type name of the event, snake case
/// @param body the envelope as JSON in UTF-8
public record NewEvent(String id, String topic, String key, String type, byte[] body) {}
