package org.tallystick.screening.list;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One element with what is in it.
 *
 * @param name without its namespace
 * @param line where it begins
 * @param attributes by their names without namespaces
 * @param children elements in their order
 * @param text characters directly in it
 */
record XmlElement(
    String name, int line, Map<String, String> attributes, List<XmlElement> children, String text) {

  /** All children of this name. */
  Stream<XmlElement> all(String childName) {
    return children.stream().filter(child -> child.name.equals(childName));
  }

  /** All grandchildren, as in a list element with its items. */
  Stream<XmlElement> all(String childName, String grandchildName) {
    return all(childName).flatMap(child -> child.all(grandchildName));
  }

  /** The text of the first child of this name, or nothing. */
  String text(String childName) {
    Optional<XmlElement> child = all(childName).findFirst();
    return child.isPresent() ? child.get().text : "";
  }

  /** The texts of several children, those that are there, with something between them. */
  String texts(String between, String... childNames) {
    return Stream.of(childNames)
        .map(this::text)
        .map(Texts::tidy)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(between));
  }

  /** An attribute, or nothing. */
  String attribute(String attributeName) {
    return attributes.getOrDefault(attributeName, "");
  }

  /** Several attributes, those that are there, with something between them. */
  String attributes(String between, String... attributeNames) {
    return Stream.of(attributeNames)
        .map(this::attribute)
        .map(Texts::tidy)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(between));
  }
}
