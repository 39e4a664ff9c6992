package org.tallystick.vectors;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;

/**
 * Makes testdata/protocol. Run it by hand when the protocol changes, with the folder as its
 * argument; a test sees to it that the files are what it makes. Nothing in it depends on time,
 * chance or machine.
 */
public final class ProtocolVectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProtocolVectors() {}

  /** Writes every file into the folder that is named. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("the folder to write to, such as testdata/protocol");
    }
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
    }
  }

  /** Every file's name and content. */
  static Map<String, String> files() {
    ExamplePayment payment = new ExamplePayment(Suite.CLASSIC);
    ExamplePayment hybrid = new ExamplePayment(Suite.HYBRID);
    ExampleRekey rekey = new ExampleRekey(payment);
    ExampleRekey hybridRekey = new ExampleRekey(hybrid);
    ExampleAdditions additions = new ExampleAdditions(rekey);
    ExampleAdditions hybridAdditions = new ExampleAdditions(hybridRekey);
    Map<String, String> files = new LinkedHashMap<>();
    put(
        files,
        "worked-example.json",
        "One payment from enrolment to evidence, then a rekey, the first code after it, a notice, a"
            + " code with conditions, its level PIN and progress message, a compact code, and a new"
            + " agreement, with every value between; sections 2 to 11",
        example(payment, rekey, additions));
    put(
        files,
        "worked-example-suite-2.json",
        "The same with a payer's device of suite 2 and a payee's of suite 1",
        example(hybrid, hybridRekey, hybridAdditions));
    put(files, "cbor.json", "Deterministic CBOR; section 1", CborVectors.all());
    put(files, "texts.json", "Base64url and Crockford base32; section 1.2", texts(payment));
    put(files, "signatures.json", "External AAD, COSE_Sign1; section 1.1", SignatureVectors.all());
    put(files, "keys.json", "Key sets that do not hold; section 2", BillVectors.keys(payment));
    put(files, "enrolment.json", "Section 3", EnrolmentVectors.all(payment, hybrid));
    put(files, "codes.json", "Sections 4 and 5", codes(payment, rekey));
    put(files, "bills.json", "Section 6", bills(payment));
    put(files, "offers.json", "Sections 6.2 and 6.3", OfferVectors.all(payment));
    put(files, "pins.json", "Section 7", pins(payment));
    put(files, "answers.json", "Section 8", AnswerVectors.answers(payment, hybrid));
    put(files, "progress.json", "Section 8.1", ProgressVectors.all(additions, hybridAdditions));
    put(files, "logs.json", "Receipts and logs; section 9", lines(payment, hybrid));
    put(files, "evidence.json", "Section 10", evidence(payment));
    put(files, "requests.json", "Requests and replies; section R", requests(payment));
    put(files, "rekeys.json", "Section R.2", RekeyVectors.rekeys(rekey, hybridRekey));
    put(files, "notices.json", "Section N", RekeyVectors.notices(rekey));
    put(
        files,
        "checkpoints.json",
        "The tree over all logs and its checkpoints; section 9.1",
        CheckpointVectors.all(payment));
    return files;
  }

  private static List<JsonNode> codes(ExamplePayment payment, ExampleRekey rekey) {
    List<JsonNode> all = new ArrayList<>(CodeVectors.all(payment, rekey));
    all.addAll(ConditionVectors.codes(payment, rekey));
    return all;
  }

  private static List<JsonNode> evidence(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>(AnswerVectors.evidence(payment));
    all.addAll(AgreementVectors.evidence(payment));
    return all;
  }

  private static List<JsonNode> bills(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>(BillVectors.bills(payment));
    all.addAll(ReceiptVectors.bills(payment));
    return all;
  }

  private static List<JsonNode> pins(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>(BillVectors.pins(payment));
    all.addAll(LevelVectors.pins(payment));
    return all;
  }

  private static List<JsonNode> lines(ExamplePayment payment, ExamplePayment hybrid) {
    List<JsonNode> all = new ArrayList<>(AnswerVectors.lines(payment, hybrid));
    all.addAll(ReceiptVectors.receipts(payment));
    return all;
  }

  private static List<JsonNode> requests(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>(RequestVectors.all(payment));
    all.addAll(LevelVectors.requests(payment));
    all.addAll(AgreementVectors.all(payment));
    return all;
  }

  private static List<JsonNode> example(
      ExamplePayment payment, ExampleRekey rekey, ExampleAdditions additions) {
    List<Vector> all = new ArrayList<>(payment.vectors());
    all.addAll(rekey.vectors());
    all.addAll(additions.vectors());
    all.add(AgreementVectors.example(payment.payer));
    return all.stream().map(vector -> (JsonNode) vector.node()).toList();
  }

  private static List<JsonNode> texts(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>(TextVectors.all(payment));
    all.addAll(BillVectors.aliases());
    return all;
  }

  private static void put(
      Map<String, String> files, String name, String about, List<JsonNode> vectors) {
    ObjectNode file = JSON.createObjectNode();
    file.put("about", about);
    file.put("format", Format.VERSION);
    file.put("suite", Suite.CLASSIC.value());
    file.putArray("vectors").addAll(vectors);
    files.put(name, written(file));
  }

  private static String written(ObjectNode file) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return JSON.writer(printer).writeValueAsString(file) + "\n";
    } catch (IOException e) {
      throw new IllegalStateException("a tree of text always has a form", e);
    }
  }
}
