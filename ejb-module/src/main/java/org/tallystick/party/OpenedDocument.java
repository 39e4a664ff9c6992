package org.tallystick.party;

/**
 * A document with its content, which is not copied.
 *
 * @param document what it is
 * @param content as it was uploaded
 */
public record OpenedDocument(PartyDocument document, byte[] content) {
  @Override
  public String toString() {
    return "OpenedDocument[...]";
  }
}
