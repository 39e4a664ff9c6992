package org.tallystick.device.result;

/** Why something was not done, in a form that a user interface can show. */
public sealed interface Refusal permits BankProblem, DeviceRefusal {
  /** Stable identifier, a URI. */
  String type();

  /** One short sentence; holds neither secrets nor input. */
  String title();
}
