package org.tallystick.device;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tallystick.enrolment.Footprint;

/**
 * Collects the footprint: asks the platform only for what the person has consented to.
 *
 * <p>Source: docs/PROTOCOL.md E3; TSE-04.
 */
public final class FootprintCollector {
  private static final int MAX_LENGTH = 64;

  private final Map<FootprintItem, Supplier<String>> sources = new EnumMap<>(FootprintItem.class);
  private final String appVersion;

  /**
   * Knows this Java platform; what it cannot know comes by {@link #with}.
   *
   * @param appVersion name and version of the app, always told
   */
  public FootprintCollector(String appVersion) {
    this.appVersion = appVersion;
    sources.put(
        FootprintItem.PLATFORM,
        () -> System.getProperty("os.name") + " " + System.getProperty("os.version"));
  }

  /** Says where an item is to be had; it is asked only with consent. */
  public FootprintCollector with(FootprintItem item, Supplier<String> source) {
    sources.put(item, source);
    return this;
  }

  /** The footprint of the consented items; all others are empty. */
  public Footprint collect(Set<FootprintItem> consented) {
    return new Footprint(
        item(FootprintItem.MANUFACTURER, consented),
        item(FootprintItem.MODEL, consented),
        item(FootprintItem.SERIAL, consented),
        item(FootprintItem.PLATFORM, consented),
        shortened(appVersion));
  }

  private String item(FootprintItem item, Set<FootprintItem> consented) {
    Supplier<String> source = sources.get(item);
    return source == null || !consented.contains(item) ? "" : shortened(source.get());
  }

  private static String shortened(String text) {
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
  }
}
