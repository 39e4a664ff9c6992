package org.tallystick.wallet;

/**
 * A place of delivery as its party sees it.
 *
 * @param place names it in addresses
 * @param shorthand the party's own name for it
 * @param preferred whether it is taken where none is named
 * @param address opened
 */
public record PlaceView(
    String place, String shorthand, boolean preferred, DeliveryAddress address) {
  @Override
  public String toString() {
    return "PlaceView(" + place + ")";
  }
}
