package dev.quarterdeck.events;

import dev.quarterdeck.store.EventJournal.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/// In which order, and how often, a batch of events is delivered.
public sealed interface DeliveryMode {
  /// The deliveries of a batch. Events of one key keep their order; a repetition starts again at an
  /// earlier event of the key, as after a crash.
  List<Entry> arrange(List<Entry> batch);

  /// Each event once, in the order of the journal: for production.
  static DeliveryMode orderly() {
    return new Orderly();
  }

  /// Everything that a log may do to its readers: repeats runs of events and mixes the keys. Equal
  /// seeds arrange equal batches alike.
  static DeliveryMode chaotic(long seed) {
    return new Chaotic(new Random(seed));
  }

  /// Each event once.
  record Orderly() implements DeliveryMode {
    @Override
    public List<Entry> arrange(List<Entry> batch) {
      return batch;
    }
  }

  /// Repetitions and mixed keys.
  ///
  /// @param random used by one thread at a time
  record Chaotic(Random random) implements DeliveryMode {
    @Override
    public List<Entry> arrange(List<Entry> batch) {
      Map<String, List<Entry>> byKey = new LinkedHashMap<>();
      for (Entry entry : batch) {
        String key = entry.event().topic() + '\n' + entry.event().key();
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
      }
      List<Entry> arranged = new ArrayList<>();
      synchronized (random) {
        List<Queue<Entry>> queues = new ArrayList<>();
        byKey.values().forEach(run -> queues.add(repeated(run)));
        while (!queues.isEmpty()) {
          int chosen = random.nextInt(queues.size());
          arranged.add(queues.get(chosen).remove());
          if (queues.get(chosen).isEmpty()) {
            queues.remove(chosen);
          }
        }
      }
      return arranged;
    }

    private Queue<Entry> repeated(List<Entry> run) {
      Queue<Entry> deliveries = new ArrayDeque<>();
      for (int i = 0; i < run.size(); i++) {
        deliveries.add(run.get(i));
        if (random.nextInt(3) == 0) {
          deliveries.addAll(run.subList(random.nextInt(i + 1), i + 1));
        }
      }
      return deliveries;
    }
  }
}
