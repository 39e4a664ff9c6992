package org.tallystick.screening;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Lists in the UN's form of people who do not exist. */
final class SampleList {
  private SampleList() {}

  /** Of persons with these names of two words, numbered from 1. */
  static byte[] of(String... names) {
    return remarked("", names);
  }

  /** The same with a remark at each. */
  static byte[] remarked(String remark, String... names) {
    StringBuilder persons = new StringBuilder();
    int number = 0;
    for (String name : List.of(names)) {
      number++;
      String[] parts = name.split(" ", 2);
      persons.append(
          """
          <INDIVIDUAL><DATAID>%d</DATAID><FIRST_NAME>%s</FIRST_NAME><SECOND_NAME>%s</SECOND_NAME>
          <UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>EXi.%03d</REFERENCE_NUMBER>
          <COMMENTS1>%s</COMMENTS1></INDIVIDUAL>
          """
              .formatted(
                  number,
                  parts[0].toUpperCase(Locale.ROOT),
                  parts[1].toUpperCase(Locale.ROOT),
                  number,
                  remark));
    }
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><CONSOLIDATED_LIST><INDIVIDUALS>"
            + persons
            + "</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>")
        .getBytes(StandardCharsets.UTF_8);
  }
}
