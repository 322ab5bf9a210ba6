package dev.quarterdeck.events;

import dev.quarterdeck.store.NewEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down what it is given, and fails on the texts it is told to.
final class Recorder implements EventHandler {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<String> handled = new CopyOnWriteArrayList<>();
  final Set<String> failing = ConcurrentHashMap.newKeySet();
  final Set<String> unwanted = ConcurrentHashMap.newKeySet();
  private final String group;

  Recorder(String group) {
    this.group = group;
  }

  @Override
  public String group() {
    return group;
  }

  @Override
  public Set<String> topics() {
    return Set.of("job");
  }

  @Override
  public boolean wants(NewEvent event) {
    return !unwanted.contains(event.key());
  }

  @Override
  public void handle(EventEnvelope event) {
    String text = event.payload().path("text").asString("");
    String call = event.aggregateId() + ":" + text;
    calls.add(call);
    if (failing.contains(text)) {
      throw new IllegalStateException("cannot do " + text);
    }
    handled.add(call);
  }

  List<String> of(String job) {
    return handled.stream().filter(call -> call.startsWith(job + ":")).toList();
  }
}
