package org.tallystick.device.state;

import org.tallystick.sequencer.DownChain;

/**
 * The bank's notices of one epoch as far as the device has taken them.
 *
 * <p>Source: docs/PROTOCOL.md section 11.
 *
 * @param chain keys of the next notice
 * @param made how many are known to be there
 */
public record NoticeInbox(DownChain chain, long made) {
  /** Of a fresh epoch. */
  public static NoticeInbox of(DownChain chain) {
    return new NoticeInbox(chain, 0);
  }

  /** Whether a notice is known to be there that was not taken. */
  public boolean lags() {
    return chain.made() < made;
  }

  /** The bank says how many there are. */
  public NoticeInbox upTo(long told) {
    return new NoticeInbox(chain, Math.max(made, told));
  }

  /** One was taken. */
  public NoticeInbox taken(DownChain next) {
    return new NoticeInbox(next, Math.max(made, next.made()));
  }
}
