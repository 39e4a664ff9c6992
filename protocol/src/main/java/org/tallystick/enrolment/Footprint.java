package org.tallystick.enrolment;

import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * What a device tells of itself, each at most 64 characters; TSE-04.
 *
 * @param manufacturer of the device
 * @param model of the device
 * @param serial of the device
 * @param platform operating system and version
 * @param appVersion of the software
 */
public record Footprint(
    String manufacturer, String model, String serial, String platform, String appVersion) {
  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(manufacturer))
        .put(2, Cbor.of(model))
        .put(3, Cbor.of(serial))
        .put(4, Cbor.of(platform))
        .put(5, Cbor.of(appVersion))
        .build();
  }

  static Footprint of(Cbor item) {
    MapReader map = MapReader.of(item);
    Footprint footprint =
        new Footprint(
            map.text(1, 64), map.text(2, 64), map.text(3, 64), map.text(4, 64), map.text(5, 64));
    map.end();
    return footprint;
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return toCbor().encode();
  }

  @Override
  public String toString() {
    return "Footprint[...]";
  }
}
