package org.tallystick.institution;

import org.jspecify.annotations.Nullable;

/**
 * How an institution wants to show itself.
 *
 * @param name at most 64 characters
 * @param textColour {@code #rrggbb}
 * @param backgroundColour {@code #rrggbb}
 * @param logo PNG, or null for none
 * @param terms the institution's own, with line feeds
 */
public record BrandDraft(
    String name, String textColour, String backgroundColour, byte @Nullable [] logo, String terms) {
  /** Copies; written out, for compilers forget what is said of a compact one's parameters. */
  public BrandDraft(
      String name,
      String textColour,
      String backgroundColour,
      byte @Nullable [] logo,
      String terms) {
    this.name = name;
    this.textColour = textColour;
    this.backgroundColour = backgroundColour;
    this.logo = logo == null ? null : logo.clone();
    this.terms = terms;
  }

  @Override
  public byte @Nullable [] logo() {
    return logo == null ? null : logo.clone();
  }

  @Override
  public String toString() {
    return "BrandDraft";
  }
}
