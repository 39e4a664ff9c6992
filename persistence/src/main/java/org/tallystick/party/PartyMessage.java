package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the bank tells a party, for whoever holds the party token to read; no personal data is in
 * it. It is written with the party's row locked, so that a party's messages are numbered in the
 * order in which they were written.
 */
@Entity
@Table(name = "party_message")
@NamedQuery(
    name = "PartyMessage.ofParty",
    query = "select m from PartyMessage m where m.partyId = :party order by m.id")
public class PartyMessage {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "party_message_seq")
  @SequenceGenerator(
      name = "party_message_seq",
      sequenceName = "party_message_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", nullable = false, updatable = false)
  private MessageKind kind;

  @Column(name = "parameters", nullable = false, updatable = false)
  private String parameters;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected PartyMessage() {}

  /**
   * A message; neither names nor values of the parameters hold '=' in a name or a line feed.
   *
   * @throws IllegalArgumentException if they do
   */
  public PartyMessage(
      long partyId, MessageKind kind, Map<String, String> parameters, OffsetDateTime at) {
    this.partyId = partyId;
    this.kind = kind;
    this.parameters =
        new TreeMap<>(parameters)
            .entrySet().stream().map(PartyMessage::line).collect(Collectors.joining("\n"));
    this.at = at;
  }

  private static String line(Map.Entry<String, String> parameter) {
    String line = parameter.getKey() + "=" + parameter.getValue();
    if (parameter.getKey().contains("=") || line.contains("\n")) {
      throw new IllegalArgumentException("a parameter that cannot be told apart");
    }
    return line;
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** What it is about. */
  public MessageKind kind() {
    return kind;
  }

  /** What belongs to it, by name. */
  public Map<String, String> parameters() {
    return parameters
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> b, TreeMap::new));
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}
