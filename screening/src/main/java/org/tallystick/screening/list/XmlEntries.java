package org.tallystick.screening.list;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an XML file, one after the other. No document type, no entity but the five of XML
 * itself, nothing fetched; depth and size of an entry are bounded. The JDK's own reader is used
 * whatever else is on the class path, since these settings are its.
 */
final class XmlEntries {
  private final String file;
  private final ListLimits limits;
  private final Set<String> wanted;
  private final Visitor visitor;
  private int depth;
  private int parts;

  /** Is given each entry. */
  @FunctionalInterface
  interface Visitor {
    void entry(XmlElement entry) throws ListRefusedException;
  }

  private XmlEntries(String file, ListLimits limits, Set<String> wanted, Visitor visitor) {
    this.file = file;
    this.limits = limits;
    this.wanted = wanted;
    this.visitor = visitor;
  }

  /**
   * Reads a file.
   *
   * @param root name of its outermost element, without namespace
   * @param wanted names of the elements that are given to the visitor, wherever they stand
   * @throws ListRefusedException if the file is not well-formed or passes a limit
   */
  static void read(
      String file,
      byte[] bytes,
      ListLimits limits,
      String root,
      Set<String> wanted,
      Visitor visitor)
      throws ListRefusedException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing is fetched");
        });
    XMLStreamReader reader = null;
    try {
      reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      new XmlEntries(file, limits, wanted, visitor).document(reader, root);
      reader.close();
    } catch (XMLStreamException e) {
      throw new ListRefusedException(file, line(reader, e), "not well-formed XML");
    }
  }

  private static int line(@Nullable XMLStreamReader reader, XMLStreamException e) {
    if (e.getLocation() != null) {
      return Math.max(1, e.getLocation().getLineNumber());
    }
    return reader == null ? 1 : Math.max(1, reader.getLocation().getLineNumber());
  }

  private void document(XMLStreamReader reader, String root)
      throws XMLStreamException, ListRefusedException {
    while (reader.hasNext()) {
      switch (next(reader)) {
        case XMLStreamConstants.START_ELEMENT -> {
          enter(reader);
          String name = reader.getLocalName();
          if (depth == 1 && !name.equals(root)) {
            throw refused(reader, "the outermost element is not " + root);
          }
          if (wanted.contains(name)) {
            parts = 0;
            visitor.entry(element(reader));
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> refuseTypes(reader);
      }
    }
  }

  /** Reads from an element's begin to its end. */
  private XmlElement element(XMLStreamReader reader)
      throws XMLStreamException, ListRefusedException {
    count(reader);
    int line = reader.getLocation().getLineNumber();
    String name = reader.getLocalName();
    Map<String, String> attributes = attributes(reader);
    List<XmlElement> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (next(reader)) {
        case XMLStreamConstants.START_ELEMENT -> {
          enter(reader);
          children.add(element(reader));
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return new XmlElement(name, line, attributes, children, text.toString());
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        default -> refuseTypes(reader);
      }
    }
  }

  private Map<String, String> attributes(XMLStreamReader reader) throws ListRefusedException {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      count(reader);
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return attributes;
  }

  private void enter(XMLStreamReader reader) throws ListRefusedException {
    depth++;
    if (depth > limits.depth()) {
      throw refused(reader, "more than " + limits.depth() + " elements inside each other");
    }
  }

  private void count(XMLStreamReader reader) throws ListRefusedException {
    parts++;
    if (parts > limits.parts()) {
      throw refused(reader, "an entry has more than " + limits.parts() + " parts");
    }
  }

  private void refuseTypes(XMLStreamReader reader) throws ListRefusedException {
    if (reader.getEventType() == XMLStreamConstants.DTD
        || reader.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
      throw refused(reader, "a document type or an entity of its own");
    }
  }

  /**
   * The next event. What the JDK's reader finds wrong within a document type it cannot always put
   * into words: its own text is missing then.
   */
  private int next(XMLStreamReader reader) throws XMLStreamException, ListRefusedException {
    try {
      return reader.next();
    } catch (MissingResourceException e) {
      throw refused(reader, "not well-formed XML");
    }
  }

  private ListRefusedException refused(XMLStreamReader reader, String reason) {
    return new ListRefusedException(file, reader.getLocation().getLineNumber(), reason);
  }
}
