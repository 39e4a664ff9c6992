package org.tallystick.webhook;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Scope;

/** What is to be told, to whom, and what became of it; each method is one round trip. */
public final class DeliveryRows {
  /** Its program is there, may have webhooks, and its institution is active. */
  private static final String GOOD =
      " join institution i on i.id = w.institution_id and i.state = 'ACTIVE'"
          + " join partner_client c on c.id = w.client_id and c.state = 'ACTIVE'"
          + " join partner_scope s on s.client_id = c.id and s.scope = 'WEBHOOKS'";

  // The key share lock lets a webhook be changed meanwhile, not deleted: who writes an event waits
  // for the deletion or the deletion for the event, and neither fails.
  private static final String WRITE =
      "with told as (select w.id as webhook, e.type, e.rest, e.at, gen_random_uuid() as id"
          + " from unnest(?::bigint[], ?::varchar[], ?::varchar[], ?::varchar[], ?::timestamptz[])"
          + " as e (institution, type, scope, rest, at) join webhook w on %s"
          + " and w.state = 'ACTIVE' and e.type = any(w.events)"
          + GOOD
          + " where e.scope is null or exists (select 1 from partner_scope o"
          + " where o.client_id = c.id and o.scope = e.scope) for key share of w)"
          + " insert into webhook_delivery (public_id, webhook_id, type, body, state, attempts,"
          + " turn, next_at, created_at) select id, webhook, type, '{\"id\":\"' || id || '\",' ||"
          + " rest, 'PENDING', 0, 0, at, at from told";

  static final String TELL_THEIRS = WRITE.formatted("w.institution_id = e.institution");
  private static final String TELL_ALL = WRITE.formatted("e.institution is null");

  static final String CLAIM =
      "with due as (select d.id from webhook w"
          + GOOD
          + " left join unnest(?::bigint[], ?::int[]) as busy (id, n) on busy.id = w.id"
          + " cross join lateral (select d.id, d.next_at from webhook_delivery d"
          + " where d.webhook_id = w.id and d.state = 'PENDING' and d.next_at <= ?"
          + " order by d.next_at limit greatest(0, ? - coalesce(busy.n, 0))"
          + " for update skip locked) d where w.state = 'ACTIVE' order by d.next_at limit ?)"
          + " update webhook_delivery d set attempts = d.attempts + 1, turn = d.turn + 1,"
          + " next_at = ? from due, webhook w where d.id = due.id and w.id = d.webhook_id"
          + " returning d.id, d.public_id, w.id, w.public_id, w.url, d.body, d.attempts, d.turn,"
          + " w.secret_sealed, case when w.former_until > ? then w.former_sealed end";

  private static final String SELECT =
      "select id, public_id, type, state, attempts, next_at, last_at, last_result, created_at"
          + " from webhook_delivery";

  static final String PAGE = SELECT + " where webhook_id = ? and id < ? order by id desc limit ?";
  private static final String FIND = SELECT + " where public_id = ? and webhook_id = ?";

  static final String EXPIRE =
      "delete from webhook_delivery where ctid = any (array(select ctid from webhook_delivery"
          + " where created_at <= ? order by created_at limit ? for update skip locked))";

  private final Connection connection;

  /** Rows over the connection, which stays the caller's. */
  public DeliveryRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * An event of an institution's.
   *
   * @param institution internal number
   * @param event what is told
   */
  public record Theirs(long institution, Event event) {}

  /** Has those programs told that want to be and may be; in the transaction of the cause. */
  public void tell(List<Theirs> events) throws SQLException {
    if (!events.isEmpty()) {
      write(
          TELL_THEIRS,
          events.stream().map(Theirs::institution).toArray(),
          events.stream().map(Theirs::event).toList());
    }
  }

  /** As the other, for all institutions. */
  public void tellAll(Event event) throws SQLException {
    write(TELL_ALL, new @Nullable Object[] {null}, List.of(event));
  }

  private void write(String sql, @Nullable Object[] institutions, List<Event> events)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setArray(1, connection.createArrayOf("bigint", institutions));
      insert.setArray(2, texts(events.stream().map(event -> event.type().text()).toArray()));
      insert.setArray(
          3,
          texts(
              events.stream()
                  .map(event -> event.type().scope().map(Scope::name).orElse(null))
                  .toArray()));
      insert.setArray(4, texts(events.stream().map(Event::rest).toArray()));
      insert.setArray(
          5,
          connection.createArrayOf(
              "timestamptz", events.stream().map(event -> event.at().toString()).toArray()));
      insert.executeUpdate();
    }
  }

  private Array texts(@Nullable Object[] texts) throws SQLException {
    return connection.createArrayOf("varchar", texts);
  }

  /** Has one webhook told, whatever it wants to hear of. */
  public void tellOne(long webhook, UUID publicId, Event event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into webhook_delivery (public_id, webhook_id, type, body, state, attempts,"
                + " turn, next_at, created_at) values (?, ?, ?, ?, 'PENDING', 0, 0, ?, ?)")) {
      insert.setObject(1, publicId);
      insert.setLong(2, webhook);
      insert.setString(3, event.type().text());
      insert.setString(4, event.body(publicId));
      insert.setObject(5, event.at());
      insert.setObject(6, event.at());
      insert.executeUpdate();
    }
  }

  /**
   * Takes what is due, the oldest first and of each webhook only some, passing over what another
   * node is taking. Who does not settle it in time loses it to the next one who asks.
   *
   * @param most how many in all
   * @param each how many of a webhook may be under way at this node
   * @param busy how many are, by internal number of the webhook
   * @param leaseUntil from when on others may take them
   */
  public List<ClaimedDelivery> claim(
      int most, int each, Map<Long, Integer> busy, OffsetDateTime now, OffsetDateTime leaseUntil)
      throws SQLException {
    List<Map.Entry<Long, Integer>> underWay = List.copyOf(busy.entrySet());
    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setArray(
          1,
          connection.createArrayOf("bigint", underWay.stream().map(Map.Entry::getKey).toArray()));
      claim.setArray(
          2, connection.createArrayOf("int", underWay.stream().map(Map.Entry::getValue).toArray()));
      claim.setObject(3, now);
      claim.setInt(4, each);
      claim.setInt(5, most);
      claim.setObject(6, leaseUntil);
      claim.setObject(7, now);
      List<ClaimedDelivery> claimed = new ArrayList<>();
      try (ResultSet rows = claim.executeQuery()) {
        while (rows.next()) {
          claimed.add(
              new ClaimedDelivery(
                  rows.getLong(1),
                  rows.getObject(2, UUID.class),
                  rows.getLong(3),
                  rows.getObject(4, UUID.class),
                  rows.getString(5),
                  rows.getString(6),
                  rows.getInt(7),
                  rows.getInt(8),
                  new SealedSecrets(rows.getBytes(9), rows.getBytes(10))));
        }
      }
      return claimed;
    }
  }

  /**
   * Notes what came of an attempt; false where it is this node's no more.
   *
   * @param next when to try again; null unless it stays pending
   */
  public boolean settle(
      ClaimedDelivery claimed,
      DeliveryState state,
      String result,
      OffsetDateTime now,
      @Nullable OffsetDateTime next)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update webhook_delivery set state = ?, last_result = ?, last_at = ?, next_at = ?"
                + " where id = ? and turn = ? and state = 'PENDING'")) {
      update.setString(1, state.name());
      update.setString(2, result);
      update.setObject(3, now);
      update.setObject(4, next);
      update.setLong(5, claimed.id());
      update.setInt(6, claimed.turn());
      return update.executeUpdate() == 1;
    }
  }

  /** Begins a new round for one, at once; false where there is none. */
  public boolean again(UUID publicId, long webhook, OffsetDateTime now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update webhook_delivery set state = 'PENDING', attempts = 0, turn = turn + 1,"
                + " next_at = ? where public_id = ? and webhook_id = ?")) {
      update.setObject(1, now);
      update.setObject(2, publicId);
      update.setLong(3, webhook);
      return update.executeUpdate() == 1;
    }
  }

  /** Those of a webhook before a number, newest first. */
  public List<Delivery> page(long webhook, long before, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PAGE)) {
      query.setLong(1, webhook);
      query.setLong(2, before);
      query.setInt(3, limit);
      List<Delivery> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(delivery(rows));
        }
      }
      return found;
    }
  }

  /** One of a webhook. */
  public Optional<Delivery> find(UUID publicId, long webhook) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setObject(1, publicId);
      query.setLong(2, webhook);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(delivery(rows)) : Optional.empty();
      }
    }
  }

  /** Forgets what happened up to a time, whatever became of it; returns how many. */
  public int expire(OffsetDateTime upTo, int limit) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(EXPIRE)) {
      delete.setObject(1, upTo);
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getString(3),
        DeliveryState.valueOf(row.getString(4)),
        row.getInt(5),
        row.getObject(6, OffsetDateTime.class),
        row.getObject(7, OffsetDateTime.class),
        row.getString(8),
        row.getObject(9, OffsetDateTime.class));
  }
}
