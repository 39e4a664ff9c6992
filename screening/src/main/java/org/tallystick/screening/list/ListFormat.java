package org.tallystick.screening.list;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tallystick.screening.TargetList;

/**
 * The formats of lists: those in which they are published, and the bank's own. The readers of
 * {@link #OFAC_XML} and {@link #EU_XML} follow the published schemas and small samples; they have
 * not been tried on the full lists.
 */
public enum ListFormat {
  /**
   * OFAC's list of Specially Designated Nationals as comma separated values. Source: OFAC, SDN data
   * specification of 25 September 2023.
   */
  OFAC_CSV("OFAC-SDN"),
  /** The same list as {@code sdn.xml}. Source: OFAC's schema {@code sdn.xsd}. */
  OFAC_XML("OFAC-SDN"),
  /** The consolidated list of the UN Security Council. Source: {@code sc-sanctions.xsd}. */
  UN_XML("UN"),
  /**
   * The EU's consolidated list of financial sanctions, schema 1.1. Source: {@code
   * xmlFullSanctionsList_1_1} of the Financial Sanctions Database.
   */
  EU_XML("EU"),
  /** A list of the bank's own as comma separated values, see {@link OwnCsv}. */
  OWN_CSV("OWN");

  private final String listName;

  ListFormat(String listName) {
    this.listName = listName;
  }

  /** The list that is published so; for {@link #OWN_CSV} what a bank may call its own. */
  public String listName() {
    return listName;
  }

  /** Whether somebody publishes the list, and so its name is not the bank's to give. */
  public boolean published() {
    return this != OWN_CSV;
  }

  /** Names of the files that the list consists of. */
  public List<String> neededFiles() {
    return switch (this) {
      case OFAC_CSV -> List.of(OfacCsv.ENTRIES, OfacCsv.ALTERNATES, OfacCsv.ADDRESSES);
      case OFAC_XML -> List.of(OfacXml.FILE);
      case UN_XML -> List.of(UnXml.FILE);
      case EU_XML -> List.of(EuXml.FILE);
      case OWN_CSV -> List.of(OwnCsv.FILE);
    };
  }

  /** Names of files that may come with it. */
  public List<String> optionalFiles() {
    return this == OFAC_CSV ? List.of(OfacCsv.COMMENTS) : List.of();
  }

  /**
   * Reads a whole list.
   *
   * @param files by the names of {@link #neededFiles} and {@link #optionalFiles}; read to their
   *     ends, or to the limit, and left open
   * @param limits how large the list may be
   * @throws ListRefusedException if anything about the files is not as it should be
   * @throws IOException if a stream cannot be read
   */
  public TargetList read(Map<String, InputStream> files, ListLimits limits)
      throws ListRefusedException, IOException {
    for (String name : files.keySet()) {
      if (!neededFiles().contains(name) && !optionalFiles().contains(name)) {
        throw new ListRefusedException(listName, "there is a file that does not belong to it");
      }
    }
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    int left = limits.totalBytes();
    for (Map.Entry<String, InputStream> file : files.entrySet()) {
      byte[] content = file.getValue().readNBytes(left);
      if (content.length == left && file.getValue().read() >= 0) {
        throw new ListRefusedException(
            file.getKey(), "more than " + limits.totalBytes() + " bytes in all files");
      }
      left -= content.length;
      bytes.put(file.getKey(), content);
    }
    return readBytes(bytes, limits);
  }

  /**
   * The same of files in memory.
   *
   * @throws ListRefusedException if anything about the files is not as it should be
   */
  public TargetList readBytes(Map<String, byte[]> files, ListLimits limits)
      throws ListRefusedException {
    long total = files.values().stream().mapToLong(file -> file.length).sum();
    if (total > limits.totalBytes()) {
      throw new ListRefusedException(
          listName, "more than " + limits.totalBytes() + " bytes in all files");
    }
    for (String name : neededFiles()) {
      if (!files.containsKey(name)) {
        throw new ListRefusedException(name, "the file is missing");
      }
    }
    ListDraft draft = new ListDraft(listName, limits);
    switch (this) {
      case OFAC_CSV -> OfacCsv.read(files, draft);
      case OFAC_XML -> OfacXml.read(files, draft);
      case UN_XML -> UnXml.read(files, draft);
      case EU_XML -> EuXml.read(files, draft);
      case OWN_CSV -> OwnCsv.read(files, draft);
    }
    return draft.finish();
  }
}
