package org.tallystick.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.TargetList;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.screening.list.ListLimits;
import org.tallystick.screening.list.ListRefusedException;

/** Readers of target lists. Where a list is several files, a zero byte stands between them. */
final class ScreeningTargets {
  private static final ListLimits SMALL = new ListLimits(1 << 20, 16, 8, 64, 8, 64, 64, 8);

  static final List<Target> ALL =
      List.of(
          new Target(
              "ofac-csv",
              () ->
                  Parser.reading(input -> list(ListFormat.OFAC_CSV, input))
                      .seeded(
                          """
                          36,"AERO ""SOL""\",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-\s
                          101,"TORRE, Juan","individual","X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1950; a.k.a. 'MECHAS'."
                          \0\
                          36,12,"aka","SOL",-0-\s
                          \u001a\0\
                          36,25,-0- ,"Havana","Cuba",-0-\s
                          \0\
                          101,"; a.k.a. 'REY'."
                          """)),
          new Target(
              "ofac-xml",
              () ->
                  Parser.reading(input -> list(ListFormat.OFAC_XML, input))
                      .seeded(
                          """
                          <?xml version="1.0"?>
                          <sdnList xmlns="http://tempuri.org/sdnList.xsd">
                          <publshInformation><Record_Count>1</Record_Count></publshInformation>
                          <sdnEntry><uid>1</uid><firstName>J &amp; K</firstName><lastName>TORRE</lastName>
                          <sdnType>Individual</sdnType><akaList><aka><category>weak</category>
                          <lastName><![CDATA[REY]]></lastName></aka></akaList></sdnEntry></sdnList>
                          """,
                          "<!DOCTYPE a [<!ENTITY b \"c\">]><sdnList>&b;</sdnList>")),
          new Target(
              "un-xml",
              () ->
                  Parser.reading(input -> list(ListFormat.UN_XML, input))
                      .seeded(
                          """
                          <CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
                          <FIRST_NAME>A</FIRST_NAME><SECOND_NAME>B</SECOND_NAME>
                          <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY>
                          <ALIAS_NAME>C; D (original script: \u0410) b) E</ALIAS_NAME>
                          </INDIVIDUAL_ALIAS></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY>
                          <DATAID>2</DATAID><FIRST_NAME>F</FIRST_NAME></ENTITY></ENTITIES>
                          </CONSOLIDATED_LIST>
                          """)),
          new Target(
              "eu-xml",
              () ->
                  Parser.reading(input -> list(ListFormat.EU_XML, input))
                      .seeded(
                          """
                          <export xmlns="http://eu.europa.ec/fpi/fsd/export"><sanctionEntity logicalId="1">
                          <subjectType code="person"/><nameAlias wholeName="A B" strong="true"/>
                          <nameAlias firstName="C" lastName="D" strong="false"/>
                          <birthdate year="1950"/></sanctionEntity></export>
                          """)),
          new Target(
              "own-csv",
              () ->
                  Parser.reading(input -> list(ListFormat.OWN_CSV, input))
                      .seeded(
                          """
                          reference,kind,name,aliases,weak_aliases,birth_dates,country,note
                          A-1,PERSON,"TORRE, Juan",J. Torre;\u0410,REY,1950;1951-02-03,ES,"has ""left"" us"
                          B/2,VESSEL,SOL,,,,,
                          """)));

  private ScreeningTargets() {}

  /** What was read is within the limits, whatever came. */
  private static void list(ListFormat format, byte[] input) {
    TargetList list;
    try {
      list = format.readBytes(files(format, input), SMALL);
    } catch (ListRefusedException e) {
      throw new MalformedInputException(String.valueOf(e.getMessage()));
    }
    for (ListedEntity entity : list.entities()) {
      if (entity.names().size() > SMALL.names()
          || entity.details().size() > SMALL.details()
          || entity.names().stream().anyMatch(name -> name.text().length() > SMALL.nameLength())
          || entity.details().stream().anyMatch(line -> line.length() > SMALL.detailLength())) {
        throw new BrokenRuleError("an entry is beyond its limits");
      }
    }
  }

  private static Map<String, byte[]> files(ListFormat format, byte[] input) {
    List<String> names = new ArrayList<>(format.neededFiles());
    names.addAll(format.optionalFiles());
    Map<String, byte[]> files = new LinkedHashMap<>();
    int begin = 0;
    for (String name : names) {
      int end = begin;
      while (end < input.length && (input[end] != 0 || files.size() == names.size() - 1)) {
        end++;
      }
      files.put(name, Arrays.copyOfRange(input, Math.min(begin, input.length), end));
      begin = Math.min(end + 1, input.length);
    }
    return files;
  }
}
