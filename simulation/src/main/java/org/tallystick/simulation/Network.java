package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Loses, doubles, delays, reorders and changes what it carries, until it is healed. */
final class Network {
  private final World world;
  private final TreeMap<String, Long> sent = new TreeMap<>();
  private final TreeMap<String, Long> latest = new TreeMap<>();
  private final List<Message> overheard = new ArrayList<>();

  Network(World world) {
    this.world = world;
  }

  /** Codes and requests that were sent so far, in order; for whoever listened. */
  List<Message> overheard() {
    return List.copyOf(overheard);
  }

  void carry(String link, Message message, Consumer<Message> receiver) {
    if (message instanceof Message.CodeText || message instanceof Message.Request) {
      overheard.add(message);
    }
    if (world.strikes(Fault.MESSAGE_LOST, link, 0.12)) {
      return;
    }
    long number = sent.merge(link, 1L, Long::sum);
    int copies = world.strikes(Fault.MESSAGE_DUPLICATED, link, 0.1) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      Message carried = message;
      if (world.strikes(Fault.BYTE_FLIPPED, link, 0.02)) {
        carried = message.flipped(world.chance.below(4096), world.chance.below(64));
      }
      deliver(link, number, carried, receiver);
    }
  }

  private void deliver(String link, long number, Message message, Consumer<Message> receiver) {
    long delay = world.chance.between(20, 1_500);
    if (world.strikes(Fault.MESSAGE_DELAYED, link, 0.08)) {
      delay += world.chance.between(2_000, 180_000);
    }
    world.after(
        delay,
        () -> {
          if (latest.merge(link, number, Math::max) > number) {
            world.struck(Fault.MESSAGE_REORDERED, link);
          }
          receiver.accept(message);
        });
  }
}
