package org.tallystick.request;

import java.sql.SQLException;

/**
 * What one kind of request may have and does: step R7. It runs in the transaction that stores its
 * reply, with the device's sequencer row locked, and says what the reply is to be; it sends
 * nothing.
 *
 * <p>Order of locks: the device's sequencer is held; what else a rule locks follows in the order of
 * slots, halves, log heads, accounts, each ascending.
 *
 * @param <A> shape of the arguments
 */
public interface RequestRule<A extends RequestArguments> {
  /** The kind it is for. */
  RequestKind kind();

  /** The shape of its arguments. */
  Class<A> shape();

  /** Does what is asked, or refuses it and changes nothing but what counts refusals. */
  Ruling rule(Asking asking, A arguments) throws SQLException;

  /** The same for arguments that were read as this kind's. */
  default Ruling ruleOn(Asking asking, RequestArguments arguments) throws SQLException {
    return rule(asking, shape().cast(arguments));
  }
}
