package org.tallystick.device;

import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.PendingRequest;
import org.tallystick.request.RequestResult;

/** What the device's state becomes by a reply that holds. */
interface Replies {
  /**
   * The permitted next state; nothing is stored yet.
   *
   * @param bound with the request already out and the fresh alias in
   */
  Result<Bound> apply(Bound bound, PendingRequest open, RequestResult done);

  /** The state after a reply is durable. */
  void applied(Bound before, Bound after);
}
