package org.tallystick.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tallystick.device.state.Bound;

/**
 * How an enrolled device stands by its own knowledge.
 *
 * @param suite of the device
 * @param epoch present one
 * @param n number of the next code
 * @param recoveryEpoch of the bank when the epoch was made
 * @param rekeyDue whether the device will rekey when the bank can be reached
 * @param logHead after the last contiguous line, 32 bytes
 * @param asks kind of the request that is still without a reply, or empty
 */
public record Standing(
    int suite,
    long epoch,
    long n,
    long recoveryEpoch,
    boolean rekeyDue,
    byte[] logHead,
    String asks) {
  static Standing of(Bound bound, boolean rekeyDue) {
    return new Standing(
        bound.identity().binding().suite().value(),
        bound.sequence().epoch(),
        bound.sequence().n(),
        bound.epoch().recoveryEpoch(),
        rekeyDue,
        bound.logHead(),
        bound.pending() == null ? "" : bound.pending().sent().kind().name());
  }

  /** Members of a JSON object. */
  public ObjectNode describe(ObjectNode event) {
    event
        .put("suite", suite)
        .put("epoch", epoch)
        .put("n", n)
        .put("recoveryEpoch", recoveryEpoch)
        .put("rekeyDue", rekeyDue);
    if (!asks.isEmpty()) {
      event.putArray("pending").add(asks);
    } else {
      event.putArray("pending");
    }
    return event;
  }
}
