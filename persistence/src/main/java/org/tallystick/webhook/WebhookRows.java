package org.tallystick.webhook;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhooks of institutions; each method is one round trip, or two where something failed. */
public final class WebhookRows {
  private static final String SELECT =
      "select w.id, w.public_id, w.institution_id, c.name, w.url, w.events, w.paused_because,"
          + " w.paused_at, w.failing_since, w.former_until, w.created_at, w.version"
          + " from webhook w join partner_client c on c.id = w.client_id";

  static final String OF_INSTITUTION = SELECT + " where w.institution_id = ? order by w.id";

  private static final String FIND = SELECT + " where w.public_id = ? and w.institution_id = ?";

  // leaves events that are being written alone, and waits for who changes or deletes it
  private static final String LOCK = FIND + " for no key update of w";

  static final String FORGET_FORMER =
      "update webhook set former_sealed = null, former_until = null, version = version + 1"
          + " where former_until <= ?";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public WebhookRows(Connection connection) {
    this.connection = connection;
  }

  /** Makes whoever adds one to an institution's webhooks wait for who is adding one. */
  public void lockInstitution(long institution) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select id from institution where id = ? for no key update")) {
      query.setLong(1, institution);
      query.execute();
    }
  }

  /** The webhooks of an institution, oldest first. */
  public List<Webhook> ofInstitution(long institution) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(OF_INSTITUTION)) {
      query.setLong(1, institution);
      List<Webhook> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(webhook(rows));
        }
      }
      return found;
    }
  }

  /** One of an institution. */
  public Optional<Webhook> find(UUID publicId, long institution) throws SQLException {
    return find(FIND, publicId, institution);
  }

  /** The same, locked up to the end of the transaction. */
  public Optional<Webhook> lock(UUID publicId, long institution) throws SQLException {
    return find(LOCK, publicId, institution);
  }

  private Optional<Webhook> find(String sql, UUID publicId, long institution) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, publicId);
      query.setLong(2, institution);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(webhook(rows)) : Optional.empty();
      }
    }
  }

  /** Adds an active one for the program with that name. */
  public void insert(
      UUID publicId,
      long institution,
      String client,
      Webhook.Target target,
      byte[] secretSealed,
      OffsetDateTime at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into webhook (public_id, institution_id, client_id, url, events, state,"
                + " secret_sealed, created_at, version)"
                + " select ?, ?, id, ?, ?, 'ACTIVE', ?, ?, 1 from partner_client where name = ?")) {
      insert.setObject(1, publicId);
      insert.setLong(2, institution);
      insert.setString(3, target.url());
      insert.setArray(4, names(target.events()));
      insert.setBytes(5, secretSealed);
      insert.setObject(6, at);
      insert.setString(7, client);
      changedOne(insert.executeUpdate());
    }
  }

  /** Changes one that is locked; it is the named program's from now on. */
  public void update(long id, String client, Webhook.Target target, Webhook.@Nullable Pause pause)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update webhook set client_id = c.id, url = ?, events = ?, state = ?,"
                + " paused_because = ?, paused_at = ?,"
                + " failing_since = case when ? then null else failing_since end,"
                + " version = webhook.version + 1 from partner_client c where webhook.id = ?"
                + " and c.name = ?")) {
      update.setString(1, target.url());
      update.setArray(2, names(target.events()));
      update.setString(3, (pause == null ? WebhookState.ACTIVE : WebhookState.PAUSED).name());
      update.setString(4, pause == null ? null : pause.reason().name());
      update.setObject(5, pause == null ? null : pause.since());
      update.setBoolean(6, pause == null);
      update.setLong(7, id);
      update.setString(8, client);
      changedOne(update.executeUpdate());
    }
  }

  /** Puts another secret in the place of the present one, which signs beside it for a while. */
  public void rotate(long id, byte[] secretSealed, OffsetDateTime formerUntil) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update webhook set former_sealed = secret_sealed, former_until = ?,"
                + " secret_sealed = ?, version = version + 1 where id = ?")) {
      update.setObject(1, formerUntil);
      update.setBytes(2, secretSealed);
      update.setLong(3, id);
      changedOne(update.executeUpdate());
    }
  }

  /** Deletes one with what was to be told there; false where there is none. */
  public boolean delete(UUID publicId, long institution) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from webhook where public_id = ? and institution_id = ?")) {
      delete.setObject(1, publicId);
      delete.setLong(2, institution);
      return delete.executeUpdate() == 1;
    }
  }

  /** Notes that something arrived there. */
  public void arrived(long id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update webhook set failing_since = null, version = version + 1 where id = ?"
                + " and failing_since is not null")) {
      update.setLong(1, id);
      update.executeUpdate();
    }
  }

  /**
   * Notes that something did not arrive there, and pauses it where nothing has for too long.
   *
   * @param since how long it may have failed already
   * @return whether it is paused by this
   */
  public boolean failed(long id, OffsetDateTime now, OffsetDateTime since) throws SQLException {
    try (PreparedStatement first =
            connection.prepareStatement(
                "update webhook set failing_since = ?, version = version + 1 where id = ?"
                    + " and failing_since is null");
        PreparedStatement pause =
            connection.prepareStatement(
                "update webhook set state = 'PAUSED', paused_because = 'FAILING', paused_at = ?,"
                    + " version = version + 1 where id = ? and state = 'ACTIVE' and failing_since"
                    + " <= ?")) {
      first.setObject(1, now);
      first.setLong(2, id);
      if (first.executeUpdate() == 1) {
        return false;
      }
      pause.setObject(1, now);
      pause.setLong(2, id);
      pause.setObject(3, since);
      return pause.executeUpdate() == 1;
    }
  }

  /** Pauses it because the receiver says that it is there no more. */
  public boolean gone(long id, OffsetDateTime now) throws SQLException {
    try (PreparedStatement pause =
        connection.prepareStatement(
            "update webhook set state = 'PAUSED', paused_because = 'GONE', paused_at = ?,"
                + " version = version + 1 where id = ? and state = 'ACTIVE'")) {
      pause.setObject(1, now);
      pause.setLong(2, id);
      return pause.executeUpdate() == 1;
    }
  }

  /** Forgets the secrets whose time beside their successors is over; returns how many. */
  public int forgetFormer(OffsetDateTime now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FORGET_FORMER)) {
      update.setObject(1, now);
      return update.executeUpdate();
    }
  }

  private Array names(Set<EventType> events) throws SQLException {
    return connection.createArrayOf(
        "varchar", events.stream().map(EventType::text).sorted().toArray());
  }

  private static void changedOne(int count) throws SQLException {
    if (count != 1) {
      throw new SQLException("a webhook or its program is not there");
    }
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    Set<EventType> events = EnumSet.noneOf(EventType.class);
    for (Object name : (Object[]) row.getArray(6).getArray()) {
      events.add(
          EventType.of(String.valueOf(name))
              .orElseThrow(() -> new SQLException("an event that there is not")));
    }
    @Nullable String because = row.getString(7);
    return new Webhook(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getLong(3),
        row.getString(4),
        new Webhook.Target(row.getString(5), events),
        because == null
            ? null
            : new Webhook.Pause(
                PauseReason.valueOf(because), row.getObject(8, OffsetDateTime.class)),
        row.getObject(9, OffsetDateTime.class),
        row.getObject(10, OffsetDateTime.class),
        row.getObject(11, OffsetDateTime.class),
        row.getInt(12));
  }
}
